using ExportFunctions.Local.Http;
using ExportFunctions.Local.Inbox;
using ExportFunctions.Local.Queues;
using ExportFunctions.Local.Timers;
using ExportFunctions.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Local.Hosting;

/// <summary>The function app on this machine: HTTP, queues and timers in one process.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    // The largest request the Functions host accepts.
    private const long MaxRequestBytes = 104_857_600;

    // The time Kestrel and the listeners need to stop once running functions are canceled.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly LocalHostOptions _options;

    private LocalHost(WebApplication app, LocalHostOptions options, IReadOnlyList<FunctionDefinition> functions)
    {
        _app = app;
        _options = options;
        Functions = functions;
    }

    /// <summary>The functions served.</summary>
    public IReadOnlyList<FunctionDefinition> Functions { get; }

    /// <summary>The options.</summary>
    public LocalHostOptions Options => _options;

    /// <summary>The address it listens on, once started.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Builds a host and validates its settings; nothing is started.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="StartFailedException">It can't be built; the message says why.</exception>
    /// <exception cref="OptionsValidationException">Settings are invalid; the message names them.</exception>
    public static async Task<LocalHost> PrepareAsync(LocalHostOptions options)
    {
        var functions = FunctionDiscovery.Find(options.Assemblies).Where(options.Serves).ToList();
        var host = new LocalHost(Build(options, functions), options, functions);
        try
        {
            SettingsCheck.Run(host.Services);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Builds a host and starts it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StartFailedException">It can't start; the message says why.</exception>
    /// <exception cref="OptionsValidationException">Settings are invalid; the message names them.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        var host = await PrepareAsync(options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the prepared host; if that fails, it must be disposed.</summary>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StartFailedException">It can't start; the message says why.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartFailedException(
                $"Port {_options.Port} on {_options.Host} is in use: stop the program that has it, or choose another with --port.",
                exception);
        }
    }

    /// <summary>Stops accepting work at once, and cancels running functions after the grace period.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(LocalHostOptions options, List<FunctionDefinition> functions)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.AddConfiguration(options.Configuration);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(options.Address, options.Port);
        });

        options.AddLogging(builder.Logging);
        builder.Services.AddDevelopmentInbox(options);
        options.AddServices(builder.Services, options.Configuration);

        var grace = options.ShutdownGrace;
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = grace + StopMargin);
        // The command line decides when to stop; the default lifetime would handle Ctrl+C itself.
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(services => new Drain(
            services.GetRequiredService<IHostApplicationLifetime>(), grace, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services => new FunctionCall(
            services.GetRequiredService<IServiceScopeFactory>(),
            options.HostSettings.FunctionTimeout,
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHttpFunctions();
        builder.Services.AddQueueFunctions([.. functions.OfType<QueueFunction>()], options.HostSettings.Queues, options.Configuration);
        builder.Services.AddTimerFunctions([.. functions.OfType<TimerFunction>()], options.Configuration);

        var app = builder.Build();
        app.MapInbox();
        app.MapStartPage();
        app.MapHttpFunctions([.. functions.OfType<HttpFunction>()], options.HostSettings.RoutePrefix, options.Configuration);
        return app;
    }

    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

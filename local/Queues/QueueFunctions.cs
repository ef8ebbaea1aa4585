using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>Runs queue functions: a listener for each.</summary>
internal static class QueueFunctions
{
    public static IServiceCollection AddQueueFunctions(
        this IServiceCollection services, IReadOnlyList<QueueFunction> functions, QueueSettings settings, IConfiguration configuration)
    {
        services.AddSingleton<FreshWork>();
        foreach (var function in functions)
        {
            services.AddSingleton<IHostedService>(provider => new Listening(
                CreateListener(function, settings, configuration, provider),
                provider.GetRequiredService<Drain>()));
        }

        return services;
    }

    private static QueueListener CreateListener(QueueFunction function, QueueSettings settings, IConfiguration configuration, IServiceProvider provider)
    {
        var connection = StorageConnection.Require(configuration, function.Connection, function.Name);
        var name = SettingNames.Resolve(function.Queue, configuration, function.Name);
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<QueueListener>();
        var call = provider.GetRequiredService<FunctionCall>();
        var poison = PoisonQueue.Of(connection, name, Encoded(settings));
        return new QueueListener(
            OpenQueue(connection, name, poison, settings, logger),
            poison,
            settings,
            (message, cancellationToken) => call.RunAsync(function, message, cancellationToken),
            provider.GetRequiredService<FreshWork>(),
            provider.GetRequiredService<TimeProvider>(),
            logger);
    }

    internal static QueueClient OpenQueue(string connection, string name, PoisonQueue? poison, QueueSettings settings, ILogger logger)
    {
        var options = Encoded(settings);
        var undecodable = new UndecodableMessages(poison, logger);
        options.MessageDecodingFailed += undecodable.MoveAsync;
        return new QueueClient(connection, name, options);
    }

    internal static QueueClientOptions Encoded(QueueSettings settings) => new()
    {
        MessageEncoding = settings.MessageEncoding == "base64" ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None,
    };

    private sealed class Listening(QueueListener listener, Drain drain) : IHostedService
    {
        private Task _run = Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _run = listener.RunAsync(drain.Stopping, drain.Canceled);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => _run.WaitAsync(cancellationToken);
    }
}

using Azure.Storage.Queues;
using ExportFunctions.TestHost.Http;
using ExportFunctions.TestHost.Protocol;
using ExportFunctions.TestHost.Queues;
using Microsoft.AspNetCore.Builder;

namespace ExportFunctions.TestHost;

/// <summary>
/// Hosts a published Functions app as Azure would: starts its process, speaks the Functions worker's gRPC protocol with it, passes HTTP
/// requests on to it, delivers the messages of its queues, and ticks its timers when asked to.
/// </summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly WorkerHostOptions _options;
    private readonly WorkerChannel _channel;
    private readonly WebApplication _rpc;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _died = new();
    private WebApplication? _front;
    private FrontEnd? _frontEnd;
    private Task _deliveries = Task.CompletedTask;

    private WorkerHost(WorkerHostOptions options, WorkerChannel channel, WebApplication rpc)
    {
        _options = options;
        _channel = channel;
        _rpc = rpc;
        Process = WorkerProcess.Start(options, Listeners.UrlOf(rpc));
        _ = CloseWithProcessAsync();
    }

    /// <summary>The worker's process.</summary>
    public WorkerProcess Process { get; }

    /// <summary>Where callers find the app, without a slash at the end of its path.</summary>
    public Uri Url => Listeners.UrlOf(_front ?? throw new InvalidOperationException("The host has not started."));

    /// <summary>The functions that the worker has loaded.</summary>
    public IReadOnlyList<WorkerFunction> Functions { get; private set; } = [];

    /// <summary>What the worker logged to its host.</summary>
    public IReadOnlyCollection<WorkerLog> Logs => _channel.Logs;

    /// <summary>How many functions run at this moment.</summary>
    public int Running => _channel.Running;

    /// <summary>Starts the app; done when all its functions are loaded and callers are listened to.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="WorkerStartException">The worker ended or did not load its functions; the message has what it wrote.</exception>
    public static async Task<WorkerHost> StartAsync(WorkerHostOptions options, CancellationToken cancellationToken)
    {
        var channel = new WorkerChannel();
        var host = new WorkerHost(options, channel, await Listeners.StartRpcAsync(channel, cancellationToken));
        try
        {
            await host.LoadAsync(cancellationToken);
            return host;
        }
        catch (Exception exception) when (exception is WorkerStartException
            or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await host.KillAsync();
            await host.DisposeAsync();
            throw new WorkerStartException($"{exception.Message} It wrote: {host.Process.Output}", exception);
        }
    }

    /// <summary>Ticks a timer function once.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="cancellationToken">Asks the function to cancel.</param>
    public Task<InvocationResult> TickAsync(string name, CancellationToken cancellationToken)
    {
        var function = Functions.Single(function => function.Name == name && function.Is("timerTrigger"));
        return _channel.InvokeAsync(TimerInvocation.Create(function, TimeProvider.System.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Stops as Azure stops an instance: takes nothing new, asks what runs to cancel and waits for it, tells the worker to end, and kills
    /// it after the grace.
    /// </summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _deliveries;
        if (_front is not null)
            await _front.StopAsync(CancellationToken.None);

        _channel.Terminate(_options.TerminateGrace);
        using var grace = new CancellationTokenSource(_options.TerminateGrace);
        await Process.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Process.KillAsync();
    }

    /// <summary>Ends host and worker without a word, as when the machine dies: messages that were taken stay hidden.</summary>
    public async Task KillAsync()
    {
        await _died.CancelAsync();
        await Process.KillAsync();
        await _stopping.CancelAsync();
        await _deliveries;
    }

    /// <summary>Stops the host, and the worker if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            await StopAsync();

        await _stopping.CancelAsync();
        await _deliveries;
        if (_front is not null)
            await _front.DisposeAsync();

        await _rpc.DisposeAsync();
        _frontEnd?.Dispose();
        Process.Dispose();
        _stopping.Dispose();
        _died.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.StartTimeout);
        var (http, functions) = await Handshake.RunAsync(_channel, _options.AppFolder, limit.Token);
        Functions = functions;

        var hostJson = HostJson.Read(_options);
        _frontEnd = new FrontEnd(_channel, http, _options.FunctionKey, _stopping.Token);
        _front = await Listeners.StartFrontAsync(
            routes => _frontEnd.Map(routes, functions, hostJson["extensions:http:routePrefix"] ?? "api"), cancellationToken);
        if (_options.Queues == QueueListening.On)
            _deliveries = DeliverAsync(QueueSettings.Of(hostJson));
    }

    private Task DeliverAsync(QueueSettings settings)
    {
        var storage = _options.QueueService ?? new QueueServiceClient(_options.Settings["AzureWebJobsStorage"]);
        var functions = Functions.Where(function => function.Is("queueTrigger"));
        return Task.WhenAll(
            functions.Select(function => new QueueDelivery(function, _channel, storage, settings).RunAsync(_stopping.Token, _died.Token)));
    }

    /// <summary>A killed process closes its stream, but one that ends before it ever called has none.</summary>
    private async Task CloseWithProcessAsync()
    {
        await Process.WaitForExitAsync(CancellationToken.None);
        _channel.Close();
    }
}

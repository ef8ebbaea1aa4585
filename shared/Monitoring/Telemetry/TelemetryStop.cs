using ExportFunctions.Outages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// Sends what telemetry is left when the host has stopped, for two seconds at most: disposed of as they are, traces, metrics and logs would
/// each wait five seconds for a collector that doesn't answer.
/// </summary>
/// <param name="services">The app's services.</param>
/// <param name="watch">Tells when telemetry can't be delivered while the host runs; made with this.</param>
/// <param name="outages">What was told.</param>
/// <param name="logger">The log.</param>
internal sealed partial class TelemetryStop(
    IServiceProvider services, CollectorWatch watch, OutageLog outages, ILogger<TelemetryStop> logger)
    : IHostedLifecycleService
{
    /// <summary>How long all of it may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var milliseconds = (int)Timeout.TotalMilliseconds;
        var sent = await Task.WhenAll(
            RunAsync(() => services.GetService<TracerProvider>()?.Shutdown(milliseconds)),
            RunAsync(() => services.GetService<MeterProvider>()?.Shutdown(milliseconds)),
            RunAsync(() => services.GetService<LoggerProvider>()?.Shutdown(milliseconds)));
        watch.Dispose();
        if (sent.Contains(false) && !outages.IsAway(OutsidePart.Collector))
            Log.NotSent(logger, TelemetryServices.EndpointSetting);
    }

    // Each waits on its thread.
    private static Task<bool?> RunAsync(Func<bool?> shutdown) =>
        Task.Factory.StartNew(shutdown, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Telemetry isn't delivered: what {Setting} names didn't take the last of it within two seconds.")]
        public static partial void NotSent(ILogger logger, string setting);
    }
}

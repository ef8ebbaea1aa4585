using ExportFunctions.Outages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// Flushes telemetry when the host has stopped, for two seconds at most: on plain disposal, traces, metrics and logs would each wait five
/// seconds for a collector that doesn't respond.
/// </summary>
/// <param name="services">The app's services.</param>
/// <param name="watch">Reports when telemetry can't be delivered while the host runs; created with this.</param>
/// <param name="outages">The outages reported so far.</param>
/// <param name="logger">The log.</param>
internal sealed partial class TelemetryStop(
    IServiceProvider services, CollectorWatch watch, OutageLog outages, ILogger<TelemetryStop> logger)
    : IHostedLifecycleService
{
    /// <summary>The time limit for all of it.</summary>
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

    // Each flush blocks its thread.
    private static Task<bool?> RunAsync(Func<bool?> shutdown) =>
        Task.Factory.StartNew(shutdown, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Telemetry isn't delivered: what {Setting} names didn't take the last of it within two seconds.")]
        public static partial void NotSent(ILogger logger, string setting);
    }
}

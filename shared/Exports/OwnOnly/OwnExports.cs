using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Outages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.OwnOnly;

/// <summary>
/// Runs the exports this host accepts, and their slices. Work unfinished when the host stops remains in the job's record, as when a worker
/// dies.
/// </summary>
internal sealed partial class OwnExports(
    OwnMessages messages, ExportProcessor exports, SliceProcessor slices, TimeProvider time, ILogger<OwnExports> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            await foreach (var message in messages.ReadAsync(stoppingToken))
            {
                running.RemoveAll(task => task.IsCompleted);
                running.Add(RunAsync(message, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }

        await Task.WhenAll(running);
    }

    /// <summary>
    /// Processes a message until it succeeds: an exception means a storage fault, after which a queue would redeliver the message.
    /// </summary>
    private async Task RunAsync(object message, CancellationToken stopping)
    {
        for (var pause = FirstPause; !stopping.IsCancellationRequested; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            try
            {
                if (message is SliceMessage slice)
                    await slices.ProcessAsync(slice, stopping);
                else
                    await exports.ProcessAsync((ExportMessage)message, stopping);
                messages.Acknowledge();
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                Log.Failed(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception);
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                Log.Stopped(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The export could not be processed; it is tried again.")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "The export is left, as the host stops.")]
        public static partial void Stopped(ILogger logger, Exception exception);
    }
}

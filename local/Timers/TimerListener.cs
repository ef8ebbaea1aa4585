using ExportFunctions.Local.Hosting;
using ExportFunctions.Outages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Timers;

/// <summary>Runs one timer function at its occurrences: one run at a time in this process, and each occurrence on one host only.</summary>
/// <param name="function">The function.</param>
/// <param name="schedule">Its occurrences.</param>
/// <param name="store">The occurrences that hosts have fired.</param>
/// <param name="run">Runs the function.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class TimerListener(
    TimerFunction function,
    TimerSchedule schedule,
    TimerStore store,
    Func<TimerInfo, CancellationToken, Task> run,
    TimeProvider timeProvider,
    ILogger logger)
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);

    // How long until the listener notices a clock that was set back by more than the tolerance.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="stopping">Stops firing.</param>
    /// <param name="canceled">Cancels a function that is still running.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken canceled)
    {
        try
        {
            var started = timeProvider.GetUtcNow();
            if (function.RunOnStartup)
                await FireAsync(started, isPastDue: false, canceled);

            var last = await FirstAsync(started, stopping);
            while (schedule.After(last) is { } next)
            {
                if (!await TryWaitAsync(last, next, stopping))
                {
                    last = timeProvider.GetUtcNow();
                    continue;
                }

                // Of several missed occurrences, only the latest is fired.
                var occurrence = schedule.LastBetween(last, timeProvider.GetUtcNow()) ?? next;
                if (await ClaimAsync(occurrence, stopping))
                    await FireAsync(occurrence, isPastDue: occurrence < started, canceled);

                // Occurrences during the run are skipped, as two runs never overlap.
                last = timeProvider.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>The instant after which occurrences count: the last one fired by any host, so that a missed one is fired late.</summary>
    private async Task<DateTimeOffset> FirstAsync(DateTimeOffset started, CancellationToken stopping) =>
        function.UseMonitor && await RetryAsync(() => store.ReadLastAsync(function.Name, stopping), stopping) is { } last && last < started
            ? last
            : started;

    private Task<bool> ClaimAsync(DateTimeOffset occurrence, CancellationToken stopping) =>
        RetryAsync(() => store.TryClaimAsync(function.Name, occurrence, timeProvider.GetUtcNow(), stopping), stopping);

    private async Task<T> RetryAsync<T>(Func<Task<T>> act, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                Log.StoreFailed(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, function.Name);
                await Task.Delay(StoreRetry, timeProvider, stopping);
            }
        }
    }

    /// <summary>Waits for an occurrence; false when the clock was set back in the meantime, so that another one is next.</summary>
    private async Task<bool> TryWaitAsync(DateTimeOffset last, DateTimeOffset next, CancellationToken stopping)
    {
        while (next - timeProvider.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            if (timeProvider.GetUtcNow() < last - TimerStore.ClockTolerance)
                return false;

            await Task.Delay(wait < MaxWait ? wait : MaxWait, timeProvider, stopping);
        }

        return true;
    }

    private async Task FireAsync(DateTimeOffset occurrence, bool isPastDue, CancellationToken canceled)
    {
        var timer = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus
            {
                Last = occurrence.UtcDateTime,
                Next = (schedule.After(timeProvider.GetUtcNow()) ?? DateTimeOffset.MaxValue).UtcDateTime,
                LastUpdated = timeProvider.GetUtcNow().UtcDateTime,
            },
        };
        try
        {
            await run(timer, canceled);
        }
        catch (OperationCanceledException) when (canceled.IsCancellationRequested)
        {
            Log.Canceled(logger, function.Name);
        }
        catch (Exception exception)
        {
            // The next occurrence serves as the retry, as on Azure.
            Log.Failed(logger, OutageFaults.LevelOf(exception, LogLevel.Error), exception, function.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Message = "The timer {Function} failed; it runs again at its next occurrence.")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception exception, string function);

        [LoggerMessage(Level = LogLevel.Information, Message = "The timer {Function} was canceled, as the host stops.")]
        public static partial void Canceled(ILogger logger, string function);

        [LoggerMessage(Message = "The last run of timer {Function} can't be read or recorded; trying again.")]
        public static partial void StoreFailed(ILogger logger, LogLevel level, Exception exception, string function);
    }
}

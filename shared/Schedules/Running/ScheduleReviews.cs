using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Checks all active schedules for wrong due times, when the host starts and then hourly: its time zone data may be newer than the data a
/// schedule's next instant was computed with, and no tick would find what another host's wrong clock wrote.
/// </summary>
internal sealed partial class ScheduleReviews(
    IScheduleStore schedules, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<ScheduleReviews> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long? _last;

    /// <summary>Checks them if a review is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last) < Interval)
            return;

        try
        {
            var begun = time.GetTimestamp();
            TimeZoneInfo.ClearCachedData();
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtATime, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                schedules.ListActiveAsync(cancellationToken), parallel, async (schedule, token) => await TryReviseAsync(schedule, token));
            _last = begun;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception);
        }
    }

    /// <summary>Corrects a schedule that has a wrong due time.</summary>
    /// <returns>The schedule afterwards; null when another change came first.</returns>
    public async Task<Schedule?> ReviseAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (ScheduleReview.Revise(schedule, time.GetUtcNow()) is not { } revised)
            return schedule;
        if (await schedules.TryUpdateAsync(revised, cancellationToken) is not { } stored)
            return null;

        if (stored.State == ScheduleState.Suspended)
            Log.Suspended(logger, stored.Id, stored.Timing.TimeZone);
        else if (stored.NextDue != schedule.NextDue)
            Log.Moved(logger, stored.Id, schedule.NextDue, stored.NextDue);
        return stored;
    }

    /// <summary>A schedule that can't be processed must not keep the others from being corrected.</summary>
    private async Task TryReviseAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        try
        {
            await ReviseAsync(schedule, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Left(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, schedule.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4,
            Message = "Schedule {ScheduleId} could not be held against clock and time zone data; it is tried again in an hour.")]
        public static partial void Left(ILogger logger, LogLevel level, Exception exception, Guid scheduleId);

        [LoggerMessage(EventId = 1, Message = "Schedules could not be held against clock and time zone data; the next tick does it.")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception exception);

        [LoggerMessage(2, LogLevel.Error,
            "Schedule {ScheduleId} suspended: its time zone {TimeZone} is not known to this host's time zone data.")]
        public static partial void Suspended(ILogger logger, Guid scheduleId, string timeZone);

        [LoggerMessage(3, LogLevel.Warning,
            "Schedule {ScheduleId} was due next at {Before:O}; by this host's clock and time zone data it is at {After:O}.")]
        public static partial void Moved(ILogger logger, Guid scheduleId, DateTimeOffset? before, DateTimeOffset? after);
    }
}

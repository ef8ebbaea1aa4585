using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Continues catching up as soon as a run has ended: with one run per tick, a schedule due as often as the timer ticks would never finish.
/// </summary>
internal sealed partial class CatchingUp(
    IScheduleStore schedules, OpenRuns open, ScheduleStarts starts, TimeProvider time, ILogger<CatchingUp> logger)
    : IExportFollowUp
{
    public async Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken)
    {
        if (job.ScheduleId is not { } id)
            return;

        // Errors here are left to the next tick, and are no reason to repeat the export's follow-up.
        try
        {
            if (IsBehind(await schedules.FindAsync(id, cancellationToken)) && await open.FollowAsync(id, cancellationToken) is { } schedule)
                await starts.StartDueAsync(schedule, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Left(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, id);
        }
    }

    private bool IsBehind(Schedule? schedule) => schedule is { CatchUpsLeft: not null, NextDue: { } due } && due <= time.GetUtcNow();

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Schedule {ScheduleId} could not go on catching up; the next tick does.")]
        public static partial void Left(ILogger logger, LogLevel level, Exception exception, Guid scheduleId);
    }
}

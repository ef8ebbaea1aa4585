using Microsoft.Extensions.Logging;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Closes runs that have ended: first in the history, then in the schedule, where the failure is counted in the same write. Each is
/// therefore counted exactly once, whichever host comes first.
/// </summary>
internal sealed partial class RunCompletion(
    IScheduleStore schedules, IScheduleRunStore runs, TimeProvider time, ILogger<RunCompletion> logger)
{
    public async Task<Schedule?> CloseAsync(Schedule schedule, IReadOnlyList<ScheduleRun> ended, CancellationToken cancellationToken)
    {
        if (ended.Count == 0)
            return schedule;

        foreach (var run in ended)
            await runs.PutAsync(run, cancellationToken);

        for (var current = schedule; current is not null; current = await schedules.FindAsync(schedule.Id, cancellationToken))
        {
            var closing = ended.Where(run => current.OpenRuns.Any(open => IsSame(open, run))).OrderBy(run => run.FinishedAt).ToList();
            if (closing.Count == 0)
                return current;

            if (await schedules.TryUpdateAsync(Closed(current, closing), cancellationToken) is { } stored)
            {
                Say(current, stored, closing);
                return stored;
            }
        }

        return null;
    }

    private static bool IsSame(ScheduleRun one, ScheduleRun other) =>
        one.DueAt == other.DueAt && one.ByHand == other.ByHand && one.HandId == other.HandId;

    private Schedule Closed(Schedule schedule, List<ScheduleRun> closing)
    {
        var failures = schedule.FailuresInARow;
        foreach (var run in closing)
        {
            failures = run.Outcome switch
            {
                ScheduleRunOutcome.Succeeded => 0,
                ScheduleRunOutcome.Failed => failures + 1,
                _ => failures,
            };
        }

        var next = schedule with
        {
            OpenRuns = [.. schedule.OpenRuns.Where(open => !closing.Any(run => IsSame(open, run)))],
            FailuresInARow = failures,
        };
        if (schedule.State != ScheduleState.Active || failures < schedule.SuspendAfter)
            return next;

        var reason = closing.Last(run => run.Outcome == ScheduleRunOutcome.Failed).Reason;
        return next with
        {
            State = ScheduleState.Suspended,
            SuspendedBecause = $"{(failures == 1 ? "A run failed" : $"{failures} runs in a row failed")}. The last reason: {reason}",
            UntoldSuspension = time.GetUtcNow(),
            NextDue = null,
        };
    }

    private void Say(Schedule before, Schedule after, List<ScheduleRun> closed)
    {
        foreach (var run in closed)
            Log.Ended(logger, run.ScheduleId, run.DueAt, run.Outcome, run.JobId);
        if (after.State == ScheduleState.Suspended && before.State != ScheduleState.Suspended)
            Log.Suspended(logger, after.Id, after.FailuresInARow);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Schedule {ScheduleId}: the run due at {DueAt:O} ended as {Outcome} (export {ExportId}).")]
        public static partial void Ended(ILogger logger, Guid scheduleId, DateTimeOffset dueAt, ScheduleRunOutcome outcome, Guid? exportId);

        [LoggerMessage(2, LogLevel.Error, "Schedule {ScheduleId} suspended after {Failures} failed runs in a row.")]
        public static partial void Suspended(ILogger logger, Guid scheduleId, int failures);
    }
}

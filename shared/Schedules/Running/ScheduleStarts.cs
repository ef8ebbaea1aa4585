using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Starts runs. A run is claimed first: one write, conditional on the ETag, adds it to its schedule's open runs and advances the schedule's
/// next instant. So only one host starts it, and if that host dies, another completes what it claimed, whatever the clock shows by then.
/// </summary>
public sealed partial class ScheduleStarts
{
    private readonly IScheduleStore _schedules;
    private readonly OpenRuns _open;
    private readonly ScheduleReviews _reviews;
    private readonly ScheduleOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ScheduleStarts> _logger;

    internal ScheduleStarts(
        IScheduleStore schedules,
        OpenRuns open,
        ScheduleReviews reviews,
        IOptions<ScheduleOptions> options,
        TimeProvider time,
        ILogger<ScheduleStarts> logger)
    {
        _schedules = schedules;
        _open = open;
        _reviews = reviews;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Starts the due runs of a schedule.</summary>
    /// <param name="entry">The entry in the list of due schedules.</param>
    /// <param name="cancellationToken">Stops the start; a later tick continues it.</param>
    /// <returns>The number of runs started.</returns>
    public async Task<int> StartDueAsync(DueEntry entry, CancellationToken cancellationToken)
    {
        var schedule = await _schedules.FindAsync(entry.ScheduleId, cancellationToken);
        if (schedule?.NextDue != entry.DueAt)
        {
            // Another host was faster. If the entry is still there nevertheless, nothing else would ever remove it.
            await _schedules.RemoveDueAsync(entry, cancellationToken);
            return 0;
        }

        return await StartDueAsync(schedule, cancellationToken);
    }

    /// <summary>Starts the due runs of a schedule.</summary>
    /// <param name="schedule">The schedule, as it was read.</param>
    /// <param name="cancellationToken">Stops the start; a later tick continues it.</param>
    /// <returns>The number of runs started.</returns>
    internal async Task<int> StartDueAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (await _reviews.ReviseAsync(schedule, cancellationToken) is not { State: ScheduleState.Active } current)
            return 0;

        return await ClaimAsync(current, cancellationToken);
    }

    private async Task<int> ClaimAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (DuePlan.Make(schedule, _time.GetUtcNow(), _options.MisfireAfter) is not { } planned
            || await _schedules.TryUpdateAsync(planned, cancellationToken) is not { } claimed)
            return 0;

        var begun = await _open.BeginAsync(claimed, claimed.OpenRuns.Skip(schedule.OpenRuns.Count), cancellationToken);
        foreach (var run in begun)
            Log.DealtWith(_logger, run.ScheduleId, run.DueAt, run.Outcome, run.Missed, run.JobId);
        return begun.Count(run => run.Outcome == ScheduleRunOutcome.Started);
    }

    /// <summary>
    /// Starts a manual run now, in any state of the schedule. It is rejected while another run is open that it must not overlap.
    /// </summary>
    /// <param name="id">The schedule's id.</param>
    /// <param name="cancellationToken">Cancels the call; the run may start all the same.</param>
    public async Task<RunNow> RunNowAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await _open.FollowAsync(id, cancellationToken) is { } schedule)
        {
            if (!schedule.MayStart)
                return new RunNow(
                    RunNowResult.Overlapping, schedule.OpenRuns.LastOrDefault(run => run.Outcome == ScheduleRunOutcome.Started));

            var now = _time.GetUtcNow();
            var jobId = Guid.CreateVersion7(now);
            var run = new ScheduleRun
            {
                ScheduleId = id,
                DueAt = now,
                StartedAt = now,
                Outcome = ScheduleRunOutcome.Started,
                JobId = jobId,
                ByHand = true,
                HandId = jobId,
            };
            if (await _schedules.TryUpdateAsync(
                schedule with { OpenRuns = [.. schedule.OpenRuns, run] }, cancellationToken) is not { } claimed)
                continue;

            var begun = (await _open.BeginAsync(claimed, [run], cancellationToken))[0];
            Log.ByHand(_logger, id, begun.Outcome, begun.JobId);
            return new RunNow(begun.Outcome == ScheduleRunOutcome.Started ? RunNowResult.Started : RunNowResult.Failed, begun);
        }

        return new RunNow(RunNowResult.NotFound, Run: null);
    }

    private static partial class Log
    {
        [LoggerMessage(
            1, LogLevel.Information, "Schedule {ScheduleId}: due at {DueAt:O}, {Outcome}, standing for {Missed} more (export {ExportId}).")]
        public static partial void DealtWith(
            ILogger logger, Guid scheduleId, DateTimeOffset dueAt, ScheduleRunOutcome outcome, int missed, Guid? exportId);

        [LoggerMessage(2, LogLevel.Information, "Schedule {ScheduleId}: a run by hand, {Outcome} (export {ExportId}).")]
        public static partial void ByHand(ILogger logger, Guid scheduleId, ScheduleRunOutcome outcome, Guid? exportId);
    }
}

/// <summary>The result of requesting a manual run.</summary>
/// <param name="Result">The result.</param>
/// <param name="Run">The run: started, failed at once, or the open one that is in the way. Null when there is none.</param>
public sealed record RunNow(RunNowResult Result, ScheduleRun? Run);

/// <summary>The possible results of requesting a manual run.</summary>
public enum RunNowResult
{
    /// <summary>The export was started.</summary>
    Started,

    /// <summary>There is no such schedule.</summary>
    NotFound,

    /// <summary>Rejected: a run is open, and the schedule's runs must not overlap.</summary>
    Overlapping,

    /// <summary>The stored request is no longer valid; the history gives the reason.</summary>
    Failed,
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Schedules.Running;

/// <summary>Tracks the open runs of schedules until they end, and completes starts that a host began before it died.</summary>
internal sealed class OpenRuns(
    IScheduleStore schedules,
    IScheduleRunStore runs,
    IExportJobStore jobs,
    RunStart start,
    RunCompletion completion,
    Suspensions suspensions,
    TimeProvider time,
    ILogger<OpenRuns> logger)
{
    // A start takes moments. If it is not complete after this long, its host is gone.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Checks a schedule's open runs once.</summary>
    /// <returns>The schedule afterwards; null when there is none.</returns>
    public async Task<Schedule?> FollowAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
            return null;

        var ended = new List<ScheduleRun>();
        foreach (var run in schedule.OpenRuns)
        {
            var now = await EvaluateAsync(schedule, run, cancellationToken);
            if (now.Outcome != ScheduleRunOutcome.Started)
                ended.Add(now);
        }

        return await completion.CloseAsync(
            schedule, ended, cancellationToken) is { } closed ? await suspensions.TellAsync(closed, cancellationToken) : null;
    }

    /// <summary>Carries out what a schedule has just claimed: starts its new runs, and records the skipped ones.</summary>
    /// <returns>The new runs afterwards.</returns>
    public async Task<IReadOnlyList<ScheduleRun>> BeginAsync(
        Schedule schedule, IEnumerable<ScheduleRun> claimed, CancellationToken cancellationToken)
    {
        var begun = new List<ScheduleRun>();
        foreach (var run in claimed)
            begun.Add(run.Outcome == ScheduleRunOutcome.Started ? await start.StartAsync(
                schedule, run, time.GetUtcNow(), cancellationToken) : run);

        await completion.CloseAsync(schedule, [.. begun.Where(run => run.Outcome != ScheduleRunOutcome.Started)], cancellationToken);
        return begun;
    }

    private async Task<ScheduleRun> EvaluateAsync(Schedule schedule, ScheduleRun run, CancellationToken cancellationToken)
    {
        if (run.Outcome != ScheduleRunOutcome.Started || run.JobId is not { } jobId)
            return run;

        // The outcome of an export whose record can't be read is still unknown.
        if (await UnreadableJobs.FindAsync(jobs, jobId, logger, cancellationToken) is not (var job, true))
            return run;

        if (job is not null && job.Status.IsFinal())
            return Ended(run, job);
        if (job is not null and not { Status: ExportStatus.Queued, Attempt: 0 })
            return run;

        // The clock may have jumped in either direction.
        var now = time.GetUtcNow();
        if ((now - run.StartedAt).Duration() < StartTimeout)
            return run;
        if (!await runs.HasAsync(run, cancellationToken))
            return await start.StartAsync(schedule, run, now, cancellationToken);

        return job is null
            ? run with { Outcome = ScheduleRunOutcome.Canceled, FinishedAt = now, Reason = "The export was deleted." }
            : run;
    }

    private static ScheduleRun Ended(ScheduleRun run, ExportJob job)
    {
        var ended = run with { FinishedAt = job.FinishedAt };
        return job.Status switch
        {
            ExportStatus.Failed => ended with { Outcome = ScheduleRunOutcome.Failed, Reason = job.Error?.Reason },
            ExportStatus.Canceled => ended with { Outcome = ScheduleRunOutcome.Canceled, Reason = "The export was canceled." },
            _ => ended with { Outcome = ScheduleRunOutcome.Succeeded },
        };
    }
}

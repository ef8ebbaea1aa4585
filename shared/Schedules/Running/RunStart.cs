using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Exports.Submission;
using ExportFunctions.Problems;

namespace ExportFunctions.Schedules.Running;

/// <summary>
/// Starts a run that its schedule lists as open. Every step may be repeated: the job's id is the run's, and the history has one entry per
/// run. Whichever host starts it, the export uses the dataset its schedule was validated against: if that is another host's, the stored
/// request is passed on as is.
/// </summary>
internal sealed class RunStart(IScheduleRunStore runs, ExportRequestReader requests, JobPlacement placement, ExportSubmission submission)
{
    /// <summary>Records the job, sends its message, then writes the history: an entry there means that all steps were completed.</summary>
    /// <returns>The run; failed when the stored request is no longer valid.</returns>
    public async Task<ScheduleRun> StartAsync(Schedule schedule, ScheduleRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (run.JobId is not { } jobId)
            return run;

        var export = new ScheduledExport(jobId, run.ScheduleId, run.DueAt);
        var place = await placement.FindAsync(schedule.CheckedAgainst, cancellationToken);
        if (schedule.CheckedAgainst is { } checkedAgainst && place.Kind != PlacementKind.Here)
        {
            // A manual run reports this at once; a regular run waits for a host, which may be starting up.
            if (run.ByHand && place.Kind == PlacementKind.Nowhere)
                return Failed(
                    run,
                    now,
                    $"No host serves what the schedule was checked against: {checkedAgainst.InWords}. This one serves {placement.File}.");

            var stored = StoredExport.Read(schedule.RequestJson, schedule.Format, checkedAgainst, requests.Formats);
            await submission.SubmitUnreadAsync(stored, export, cancellationToken);
            await runs.AddAsync(run, cancellationToken);
            return run;
        }

        var errors = new FieldErrors();
        if (requests.ReadStored(schedule.RequestJson, errors) is not { } request)
        {
            var (field, messages) = errors.ByField.First();
            return Failed(
                run,
                now,
                $"The request is not valid any more: the dataset has changed since the schedule was made. {field}: {messages[0]}");
        }

        await submission.SubmitAsync(request, export, cancellationToken);
        await runs.AddAsync(run, cancellationToken);
        return run;
    }

    private static ScheduleRun Failed(ScheduleRun run, DateTimeOffset now, string reason) =>
        run with { Outcome = ScheduleRunOutcome.Failed, JobId = null, FinishedAt = now, Reason = reason };
}

using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Passes jobs that were validated against other datasets on to the hosts that serve those: the message is sent again with a delay, and
/// only then may the current one be acknowledged. This counts neither as an attempt nor as a delivery. A job that no host serves reports
/// that, and fails after a while.
/// </summary>
internal sealed partial class ForeignJobs(
    JobPlacement placement,
    IExportJobStore jobs,
    IExportQueue queue,
    JobCompletion completion,
    IOptions<ExportOptions> options,
    TimeProvider time,
    ILogger<ForeignJobs> logger)
{
    /// <summary>Whether this host may run a job.</summary>
    public async Task<bool> IsHereAsync(ExportJob job, CancellationToken cancellationToken) =>
        (await placement.FindAsync(job.CheckedAgainst, cancellationToken)).Kind == PlacementKind.Here;

    /// <summary>Passes a job on if it is another host's.</summary>
    /// <param name="job">The job, neither final nor held by a worker.</param>
    /// <param name="message">Its message.</param>
    /// <param name="cancellationToken">Stops the call; the message returns to the queue then.</param>
    /// <returns>False when this host is to run it.</returns>
    public async Task<bool> TryLeaveAsync(ExportJob job, ExportMessage message, CancellationToken cancellationToken)
    {
        var found = await placement.FindAsync(job.CheckedAgainst, cancellationToken);
        if (found.Kind == PlacementKind.Here)
            return false;

        var now = time.GetUtcNow();
        if (found.Kind == PlacementKind.Nowhere && HasWaitedTooLong(job, found, now))
        {
            await completion.FailAsync(job, FailureOf(job), cancellationToken);
            Log.GivenUp(logger, job.Id, job.CheckedAgainst!.InWords, options.Value.ForeignJobTimeout);
            return true;
        }

        await NoteAsync(job, found, message.Passed, now, cancellationToken);
        await queue.SendLaterAsync(
            message.PassedOn(), PassingPause.After(message.Passed, isServed: found.Kind == PlacementKind.Elsewhere), cancellationToken);
        return true;
    }

    /// <summary>
    /// The time without a suitable host counts from when the job was first passed on, or from when such a host was last seen.
    /// </summary>
    private bool HasWaitedTooLong(ExportJob job, Placement found, DateTimeOffset now)
    {
        var waited = job.Waiting is { } waiting ? now - waiting.Since : TimeSpan.Zero;
        var unserved = found.UnservedFor is { } gone && gone < waited ? gone : waited;
        return unserved >= options.Value.ForeignJobTimeout;
    }

    /// <summary>
    /// Notes in the job what it is waiting for: at once when no host serves it, otherwise when it has been passed on for the second time.
    /// </summary>
    private async Task NoteAsync(ExportJob job, Placement found, int passed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job.Waiting is not null)
            return;

        if (found.Kind == PlacementKind.Elsewhere && passed == 0)
        {
            Log.PassedOn(logger, job.Id, job.CheckedAgainst!.InWords, placement.File);
            return;
        }

        // If another change came first, the note is written the next time the job is passed on.
        await jobs.TryUpdateAsync(job with { Waiting = new ExportWait(now, options.Value.HostName, placement.File) }, cancellationToken);
        if (found.Kind == PlacementKind.Elsewhere)
            Log.PassedOn(logger, job.Id, job.CheckedAgainst!.InWords, placement.File);
        else
            Log.Unserved(logger, job.Id, job.CheckedAgainst!.InWords, placement.File, options.Value.ForeignJobTimeout);
    }

    private ExportFailure FailureOf(ExportJob job) => new(
        "dataset_not_served",
        $"No host serves what the export was checked against: {job.CheckedAgainst!.InWords}. "
        + $"The host {options.Value.HostName} on the same storage account serves {placement.File} instead. "
        + $"Start the app with {job.CheckedAgainst.File} (setting Exports:DatasetsFile) and ask again, or ask a host that is running.",
        FailureKind.Permanent);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information,
            "Export {ExportId} is left to a host that serves {CheckedAgainst}; this one serves {File}.")]
        public static partial void PassedOn(ILogger logger, Guid exportId, string checkedAgainst, string file);

        [LoggerMessage(2, LogLevel.Warning,
            "Export {ExportId} waits for a host that serves {CheckedAgainst}; this one serves {File}. It fails when none is there for"
                + " {Timeout}.")]
        public static partial void Unserved(ILogger logger, Guid exportId, string checkedAgainst, string file, TimeSpan timeout);

        [LoggerMessage(3, LogLevel.Error, "Export {ExportId} failed: no host that serves {CheckedAgainst} has been there for {Timeout}.")]
        public static partial void GivenUp(ILogger logger, Guid exportId, string checkedAgainst, TimeSpan timeout);
    }
}

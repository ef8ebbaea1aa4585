using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Leaves jobs that were checked against other datasets to the hosts that serve those: the message is sent again, to be seen after a pause,
/// and only then may this one be acknowledged. That is no attempt, and no delivery too many. A job that nobody serves says so, and fails
/// after a while.
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
    /// <summary>Whether a job is this host's to run.</summary>
    public async Task<bool> IsHereAsync(ExportJob job, CancellationToken cancellationToken) =>
        (await placement.FindAsync(job.CheckedAgainst, cancellationToken)).Kind == PlacementKind.Here;

    /// <summary>Leaves a job, if it is another host's.</summary>
    /// <param name="job">The job, neither final nor held by a worker.</param>
    /// <param name="message">Its message.</param>
    /// <param name="cancellationToken">Stops the call; the message returns to the queue then.</param>
    /// <returns>False when it is this host's to run.</returns>
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

    /// <summary>How long nobody has been there counts from when the job was first left, or from when such a host was last seen.</summary>
    private bool HasWaitedTooLong(ExportJob job, Placement found, DateTimeOffset now)
    {
        var waited = job.Waiting is { } waiting ? now - waiting.Since : TimeSpan.Zero;
        var unserved = found.UnservedFor is { } gone && gone < waited ? gone : waited;
        return unserved >= options.Value.ForeignJobTimeout;
    }

    /// <summary>
    /// Says in the job what it waits for: at once when nobody serves it, and else when it has been passed on for a second time.
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

        // A change that came first is another's word on the job; this one is said with the next pass.
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

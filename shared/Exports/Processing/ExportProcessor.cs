using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Runs a job from its message. The checkpoints, in order: find the job, pass it on if it is another host's, claim it, adopt a file that an
/// earlier attempt published, make the file, publish it, write its manifest, record the success; returning acknowledges the message. Each
/// step may be repeated after a crash.
/// </summary>
public sealed partial class ExportProcessor
{
    private readonly IExportJobStore _jobs;
    private readonly ForeignJobs _foreign;
    private readonly JobClaims _claims;
    private readonly AttemptRun _attempts;
    private readonly TimeProvider _time;
    private readonly ILogger<ExportProcessor> _logger;

    internal ExportProcessor(
        IExportJobStore jobs,
        ForeignJobs foreign,
        JobClaims claims,
        AttemptRun attempts,
        TimeProvider time,
        ILogger<ExportProcessor> logger)
    {
        _jobs = jobs;
        _foreign = foreign;
        _claims = claims;
        _attempts = attempts;
        _time = time;
        _logger = logger;
    }

    /// <summary>Processes a message. Returning acknowledges it; throwing returns it to the queue.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// The attempt's outcome could not be stored; the message returns to the queue.
    /// </exception>
    /// <exception cref="OperationCanceledException">The host is shutting down; the job has been requeued.</exception>
    public async Task ProcessAsync(ExportMessage message, CancellationToken cancellationToken)
    {
        if (await UnreadableJobs.FindAsync(_jobs, message.JobId, _logger, cancellationToken) is not (var found, true))
            return;

        if (found is null || found.Status.IsFinal() || found.IsAlive(_time.GetUtcNow()))
        {
            Log.NothingToDo(_logger, message.JobId, found?.Status.Name() ?? "deleted");
            return;
        }

        // Any host may carry out a cancellation.
        if (!found.CancelRequested && await _foreign.TryLeaveAsync(found, message, cancellationToken))
            return;

        if (await _claims.TryClaimAsync(found, cancellationToken) is { } job)
            await _attempts.RunAsync(job, cancellationToken);
    }

    /// <summary>Runs a job whose turn it is, triggered by another job's message.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="claimed">Called once the job is claimed, before it runs.</param>
    /// <param name="cancellationToken">As with <see cref="ProcessAsync"/>.</param>
    /// <returns>False when it isn't to be run now, or not by this host.</returns>
    internal async Task<bool> TryRunAsync(Guid jobId, Func<Task> claimed, CancellationToken cancellationToken)
    {
        var (found, _) = await UnreadableJobs.FindAsync(_jobs, jobId, _logger, cancellationToken);
        if (found is not { Status: ExportStatus.Queued, CancelRequested: false } || found.RetryAt > _time.GetUtcNow())
            return false;
        if (!await IsOfThisHostAsync(found, cancellationToken) || await _claims.TryClaimAsync(found, cancellationToken) is not { } job)
            return false;

        await claimed();
        await _attempts.RunAsync(job, cancellationToken);
        return true;
    }

    /// <summary>Whether this host serves the dataset a job was validated against.</summary>
    internal Task<bool> IsOfThisHostAsync(ExportJob job, CancellationToken cancellationToken) =>
        _foreign.IsHereAsync(job, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Export {ExportId} needs no work: it is {Status}.")]
        public static partial void NothingToDo(ILogger logger, Guid exportId, string status);
    }
}

using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Retries an export after a transient error: the job is requeued, then a message is sent that becomes visible after a delay, and only then
/// may the current message be acknowledged. A crash in between leaves the current message, which does the same job sooner.
/// </summary>
internal sealed class ExportRetries(
    JobCompletion completion, IExportQueue queue, IOptions<ExportOptions> options, TimeProvider time, Random random)
{
    private readonly RetryPolicyReader _policies = new(options.Value.DefaultRetry);

    /// <summary>Ends a failed attempt: schedules a retry, or fails the job when its attempts are used up.</summary>
    /// <param name="job">The job, as its worker last stored it.</param>
    /// <param name="failure">Why the attempt failed.</param>
    /// <param name="cancellationToken">Stops the last writes; the message then returns to the queue.</param>
    public async Task RetryOrFailAsync(ExportJob job, ExportFailure failure, CancellationToken cancellationToken)
    {
        var policy = _policies.Of(StoredRequest.Parse(job.RequestJson));
        if (job.Retries >= policy.Count)
        {
            await completion.FailAsync(job, ExportFailures.Exhausted(job with { Error = failure }), cancellationToken);
            return;
        }

        var pause = policy.PauseBefore(job.Retries, options.Value.MaxRetryDelay, random);
        if (await completion.RetryAsync(job, failure, time.GetUtcNow() + pause, cancellationToken) is { Status: ExportStatus.Queued })
            await queue.SendLaterAsync(new ExportMessage(job.Id), pause, cancellationToken);
    }
}

using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Tries an export again after a fault that may pass: the job is queued again, then a message is sent that workers see after a pause, and
/// only then may the present message be acknowledged. A crash in between leaves the present message, which does the same job sooner.
/// </summary>
internal sealed class ExportRetries(
    JobCompletion completion, IExportQueue queue, IOptions<ExportOptions> options, TimeProvider time, Random random)
{
    private readonly RetryPolicyReader _policies = new(options.Value.DefaultRetry);

    /// <summary>Ends an attempt that failed: another one later, or the job's failure when there have been enough.</summary>
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

using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>Claims jobs for this host, one attempt at a time.</summary>
internal sealed class JobClaims(
    IExportJobStore jobs, JobCompletion completion, AttemptRecording recording, IOptions<ExportOptions> options, TimeProvider time)
{
    private readonly ExportOptions _options = options.Value;

    /// <summary>Claims a job, or ends it when it has been canceled or its attempts are used up.</summary>
    /// <param name="job">The job, neither final nor held by a worker.</param>
    /// <param name="cancellationToken">Stops the call; the message returns to the queue then.</param>
    /// <returns>The job with its lease; null when there is nothing to run.</returns>
    public async Task<ExportJob?> TryClaimAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (job.CancelRequested)
        {
            await completion.CancelAsync(job, cancellationToken);
            return null;
        }

        // A job that is still marked running has an expired lease: its worker died, which counts as a failed attempt.
        var failedAttempts = job.FailedAttempts + (job.Status == ExportStatus.Running ? 1 : 0);
        if (failedAttempts >= _options.MaxAttempts)
        {
            await completion.FailAsync(job with { FailedAttempts = failedAttempts }, ExportFailures.Exhausted(job), cancellationToken);
            return null;
        }

        if (!job.TryMoveTo(ExportStatus.Running, now, out var next))
            return null;

        // Records what could not be recorded before: a job never carries more than two finished attempts.
        await recording.RecordAsync(job, cancellationToken);
        next = await recording.WithRecordAsync(
            job with { Unrecorded = [] },
            next with { Unrecorded = [] },
            new AttemptCompletion(AttemptOutcome.Lost, "worker_lost"),
            now,
            cancellationToken);
        var claimed = await jobs.TryUpdateAsync(
            next with
            {
                Attempt = job.Attempt + 1,
                Waiting = null,
                FailedAttempts = failedAttempts,
                StartedAt = job.StartedAt ?? now,
                AttemptStartedAt = now,
                RowsWritten = 0,
                RowsPerSecond = 0,
                QueueWait = WaitOf(job, now),
                Host = _options.HostName,
                LeaseOwner = Guid.CreateVersion7(now).ToString("N"),
                LeaseUntil = now + _options.LeaseDuration,
            },
            cancellationToken);
        return claimed is null ? null : await recording.TryRecordAsync(claimed, cancellationToken);
    }

    private static TimeSpan WaitOf(ExportJob job, DateTimeOffset now)
    {
        // Resending a lost message doesn't shorten the first wait; the job of a dead worker waits from the end of its lease.
        var since = job switch
        {
            { Status: ExportStatus.Running, LeaseUntil: { } lapsed } => lapsed,
            { Attempt: 0 } => job.CreatedAt,
            _ => job.RetryAt ?? job.EnqueuedAt,
        };
        return now > since ? now - since : TimeSpan.Zero;
    }
}

using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Records how an attempt ended. Each write is compare-and-set: when another change came first, the job is read and evaluated again, and a
/// lost race is not an error.
/// </summary>
internal sealed class JobCompletion(
    IExportJobStore jobs,
    JobRemnants remnants,
    FinalJobs final,
    AttemptRecording recording,
    IOptions<ExportOptions> options,
    TimeProvider time)
{
    private readonly ExportOptions _options = options.Value;

    private const int MaxTries = 10;

    /// <summary>Records the published file.</summary>
    /// <returns>The job as it is now: canceled, if a cancellation was accepted first; null when it is gone.</returns>
    public async Task<ExportJob?> SucceedAsync(ExportJob job, PublishedFile published)
    {
        using var last = new CancellationTokenSource(_options.LastWriteTimeout, time);
        var now = time.GetUtcNow();
        var file = new ExportFile(
            job.FileName,
            published.ContentType,
            published.Bytes,
            published.Sha256,
            now.AddDays(_options.RetentionDays))
        { SliceBytes = published.SliceBytes };
        var ended = await MoveAsync(
            job,
            ExportStatus.Succeeded,
            new AttemptCompletion(AttemptOutcome.Succeeded, Figures: job.Figures),
            next => next with
            {
                File = file,
                Warnings = published.Warnings,
                RowsWritten = published.Rows,
                RowsExpected = published.Rows,
                Error = null,
            },
            last.Token);

        if (ended is { Status: ExportStatus.Running, CancelRequested: true }
            && string.Equals(ended.LeaseOwner, job.LeaseOwner, StringComparison.Ordinal))
            return await CancelAsync(ended with { Figures = job.Figures }, last.Token);

        // A worker presumed dead may get here after its job was deleted, canceled or failed.
        await LeaveNoFileAsync(job, ended, last.Token);
        return ended;
    }

    /// <summary>Abandons a job to its new owner.</summary>
    public async Task AbandonAsync(ExportJob job, CancellationToken cancellationToken) =>
        await LeaveNoFileAsync(job, await jobs.FindAsync(job.Id, cancellationToken), cancellationToken);

    /// <summary>Marks the job failed.</summary>
    public Task<ExportJob?> FailAsync(ExportJob job, ExportFailure failure, CancellationToken cancellationToken) =>
        EndAsync(
            job,
            ExportStatus.Failed,
            new AttemptCompletion(AttemptOutcome.Failed, failure.Code, job.Figures),
            next => next with { Error = failure, FailedAttempts = Math.Max(next.FailedAttempts, job.FailedAttempts) },
            cancellationToken);

    /// <summary>Marks the job canceled.</summary>
    public Task<ExportJob?> CancelAsync(ExportJob job, CancellationToken cancellationToken) =>
        EndAsync(
            job,
            ExportStatus.Canceled,
            new AttemptCompletion(AttemptOutcome.Canceled, Figures: job.Figures),
            next => next with { RowsWritten = job.RowsWritten, Error = null },
            cancellationToken);

    /// <summary>Requeues the job, or fails it when its attempts are used up. Without a failure the attempt doesn't count.</summary>
    public async Task<ExportJob?> ReleaseAsync(ExportJob job, ExportFailure? failure, CancellationToken cancellationToken)
    {
        var failedAttempts = job.FailedAttempts + (failure is null ? 0 : 1);
        if (failure is not null && failedAttempts >= _options.MaxAttempts)
        {
            var counted = job with { FailedAttempts = failedAttempts, Error = failure };
            return await FailAsync(counted, ExportFailures.Exhausted(counted), cancellationToken);
        }

        return await QueueAsync(
            job,
            failure is null ? new AttemptCompletion(
                AttemptOutcome.Released, Figures: job.Figures) : new AttemptCompletion(AttemptOutcome.Lost, failure.Code),
            next => next with { FailedAttempts = failedAttempts, Error = failure ?? next.Error, EnqueuedAt = time.GetUtcNow() },
            cancellationToken);
    }

    /// <summary>Requeues the job after a transient error.</summary>
    public Task<ExportJob?> RetryAsync(ExportJob job, ExportFailure failure, DateTimeOffset retryAt, CancellationToken cancellationToken) =>
        QueueAsync(
            job,
            new AttemptCompletion(AttemptOutcome.Retried, failure.Code, job.Figures),
            next => next with { Retries = job.Retries + 1, RetryAt = retryAt, Error = failure, EnqueuedAt = time.GetUtcNow() },
            cancellationToken);

    /// <summary>
    /// Requeues a job. If it was deleted or canceled in the meantime, its file is removed, as this worker may have published one.
    /// </summary>
    private async Task<ExportJob?> QueueAsync(
        ExportJob job, AttemptCompletion completion, Func<ExportJob, ExportJob> change, CancellationToken cancellationToken)
    {
        var queued = await MoveAsync(job, ExportStatus.Queued, completion, change, cancellationToken);
        await LeaveNoFileAsync(job, queued, cancellationToken);
        return queued;
    }

    private async Task<ExportJob?> EndAsync(
        ExportJob job,
        ExportStatus status,
        AttemptCompletion completion,
        Func<ExportJob,
        ExportJob> change,
        CancellationToken cancellationToken)
    {
        var ended = await MoveAsync(job, status, completion, change, cancellationToken);
        await LeaveNoFileAsync(job, ended, cancellationToken);
        return ended;
    }

    /// <summary>
    /// Removes everything stored for a job that has no file to show: publishing may take effect although its call was cancelled or its
    /// worker died, at once or later.
    /// </summary>
    private async Task LeaveNoFileAsync(ExportJob job, ExportJob? now, CancellationToken cancellationToken)
    {
        if (job.Attempt == 0 || now is not (null or { Status: ExportStatus.Canceled or ExportStatus.Failed or ExportStatus.Expired }))
            return;

        await remnants.RemoveFileAsync(job, cancellationToken);

        // If the job was deleted while it was being partitioned, slices may have been stored since.
        if (now is null)
            await remnants.RemoveOthersAsync(job with { Status = ExportStatus.Canceled }, cancellationToken);
    }

    /// <summary>Moves a job as long as it has the same owner as in the given snapshot; null when the job is gone.</summary>
    private async Task<ExportJob?> MoveAsync(
        ExportJob job,
        ExportStatus status,
        AttemptCompletion completion,
        Func<ExportJob,
        ExportJob> change,
        CancellationToken cancellationToken)
    {
        var current = job;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var now = time.GetUtcNow();
            if (!string.Equals(current.LeaseOwner, job.LeaseOwner, StringComparison.Ordinal)
                || !current.TryMoveTo(status, now, out var next))
                return current;

            // An accepted cancellation stands, even if the file is nearly done.
            if (status == ExportStatus.Succeeded && current.CancelRequested)
                return current;

            var ended = await recording.WithRecordAsync(current, change(next), completion, now, cancellationToken);
            if (await jobs.TryUpdateAsync(ended, cancellationToken) is { } stored)
            {
                if (!ReferenceEquals(ended.Unrecorded, current.Unrecorded))
                    stored = await recording.TryRecordAsync(stored, cancellationToken);
                if (status.IsFinal())
                    await final.FollowUpAsync(stored, cancellationToken);
                return stored;
            }

            if (await jobs.FindAsync(job.Id, cancellationToken) is not { } found)
                return null;
            current = found;
        }

        throw ExportFailureException.Transient("storage_contended", "The job's record kept changing. It is tried again.");
    }
}

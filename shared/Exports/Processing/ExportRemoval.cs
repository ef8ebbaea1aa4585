using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Processing;

/// <summary>The result of a cancellation request.</summary>
/// <param name="Job">The job as it is now; null when there is none.</param>
/// <param name="IsAccepted">False when the job had already ended other than by cancellation.</param>
public sealed record CancelOutcome(ExportJob? Job, bool IsAccepted);

/// <summary>Cancels and deletes exports for users.</summary>
public sealed class ExportRemoval
{
    private readonly IExportJobStore _jobs;
    private readonly JobRemnants _remnants;
    private readonly IIdempotencyKeys _keys;
    private readonly FinalJobs _final;
    private readonly AttemptRecording _recording;
    private readonly TimeProvider _time;

    internal ExportRemoval(
        IExportJobStore jobs, JobRemnants remnants, IIdempotencyKeys keys, FinalJobs final, AttemptRecording recording, TimeProvider time)
    {
        _jobs = jobs;
        _remnants = remnants;
        _keys = keys;
        _final = final;
        _recording = recording;
        _time = time;
    }

    /// <summary>Cancels a job: at once if it is waiting; within a second, by its worker, if it is running.</summary>
    /// <param name="id">The job's id.</param>
    public async Task<CancelOutcome> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await _jobs.FindAsync(id, cancellationToken) is { } job)
        {
            if (job.Status.IsFinal() || job.CancelRequested)
                return new CancelOutcome(job, job.Status == ExportStatus.Canceled || job.CancelRequested);

            // A dead worker can't respond: its job is canceled like a waiting one.
            var isAlive = job.IsAlive(_time.GetUtcNow());
            var next = isAlive ? job with { CancelRequested = true } : await CanceledAsync(job, cancellationToken);
            if (await _jobs.TryUpdateAsync(next, cancellationToken) is not { } stored)
                continue;

            if (!isAlive)
            {
                // An attempt that died may have published its file without recording it.
                if (job.Attempt > 0)
                    await _remnants.RemoveFileAsync(job, cancellationToken);

                await _final.FollowUpAsync(await _recording.TryRecordAsync(stored, cancellationToken), cancellationToken);
            }

            return new CancelOutcome(stored, IsAccepted: true);
        }

        return new CancelOutcome(Job: null, IsAccepted: false);
    }

    /// <summary>
    /// Deletes a job and its file in any state; a worker still running it stops on its own. False when there is no such job.
    /// </summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        ExportJob? job;
        try
        {
            job = await EndAsync(id, cancellationToken);
        }
        catch (UnreadableRecordException exception)
        {
            // A file stored elsewhere then has no owner, and the cleanup removes it.
            var day = DateOnly.FromDateTime((exception.Record.CreatedAt ?? NewestFirstKey.TimeOf(id)).UtcDateTime);
            await _remnants.RemoveUnreadableAsync(id, day, cancellationToken);
            await _jobs.DeleteAsync(id, cancellationToken);
            await _jobs.RemoveActiveAsync(id, cancellationToken);
            return true;
        }

        if (job is null)
            return false;

        // Otherwise attempts not recorded yet would be lost with the job.
        await _recording.RecordAsync(job, cancellationToken);

        // The record goes last: until then the deletion can be requested again. A worker that publishes after the file was deleted finds no
        // record and removes its file; a file published by an abandoned call is found through its late-file note.
        await _remnants.ExpectLateFileAsync(job, cancellationToken);
        if (job.IdempotencyHash is { } hash)
            await _keys.ReleaseAsync(hash, id, cancellationToken);
        await _remnants.DeleteFileAsync(job, cancellationToken);
        await _remnants.RemoveOthersAsync(job, cancellationToken);
        await _jobs.DeleteAsync(id, cancellationToken);
        await _remnants.DeleteFileAsync(job, cancellationToken);
        await _jobs.RemoveActiveAsync(id, cancellationToken);
        return true;
    }

    /// <summary>Ends a job that has not ended: records its attempt and ensures that none starts while the job is being removed.</summary>
    private async Task<ExportJob?> EndAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await _jobs.FindAsync(id, cancellationToken) is { } job)
        {
            if (job.Status.IsFinal())
                return job;
            if (await _jobs.TryUpdateAsync(await CanceledAsync(job, cancellationToken), cancellationToken) is { } stored)
                return stored;
        }

        return null;
    }

    private async Task<ExportJob> CanceledAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return job.TryMoveTo(ExportStatus.Canceled, now, out var next)
            ? await _recording.WithRecordAsync(
                job, next with { Error = null }, new AttemptCompletion(AttemptOutcome.Canceled), now, cancellationToken)
            : job;
    }
}

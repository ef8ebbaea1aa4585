using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Processing;

/// <summary>What came of a request to cancel.</summary>
/// <param name="Job">The job as it is now; null when there is none.</param>
/// <param name="IsAccepted">False when the job had ended already, other than by a cancel.</param>
public sealed record CancelOutcome(ExportJob? Job, bool IsAccepted);

/// <summary>Stops and removes exports for their users.</summary>
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

    /// <summary>Cancels a job: at once when it waits; within a second, by its worker, when it runs.</summary>
    /// <param name="id">The job's id.</param>
    public async Task<CancelOutcome> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await _jobs.FindAsync(id, cancellationToken) is { } job)
        {
            if (job.Status.IsFinal() || job.CancelRequested)
                return new CancelOutcome(job, job.Status == ExportStatus.Canceled || job.CancelRequested);

            // A dead worker can't answer: its job is canceled like a waiting one.
            var isAlive = job.IsAlive(_time.GetUtcNow());
            var next = isAlive ? job with { CancelRequested = true } : await CanceledAsync(job, cancellationToken);
            if (await _jobs.TryUpdateAsync(next, cancellationToken) is not { } stored)
                continue;

            if (!isAlive)
            {
                // An attempt that died may have published before it could say so.
                if (job.Attempt > 0)
                    await _remnants.RemoveFileAsync(job, cancellationToken);

                await _final.FollowUpAsync(await _recording.TryRecordAsync(stored, cancellationToken), cancellationToken);
            }

            return new CancelOutcome(stored, IsAccepted: true);
        }

        return new CancelOutcome(Job: null, IsAccepted: false);
    }

    /// <summary>
    /// Removes a job and its file, whatever its state; a worker still on it stops by itself. False when there is no such job.
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
            // A file that lies elsewhere is nobody's then: the cleanup removes it.
            var day = DateOnly.FromDateTime((exception.Record.CreatedAt ?? NewestFirstKey.TimeOf(id)).UtcDateTime);
            await _remnants.RemoveUnreadableAsync(id, day, cancellationToken);
            await _jobs.DeleteAsync(id, cancellationToken);
            await _jobs.RemoveActiveAsync(id, cancellationToken);
            return true;
        }

        if (job is null)
            return false;

        // What the job has not recorded goes with it otherwise.
        await _recording.RecordAsync(job, cancellationToken);

        // The record goes last: until then the deletion can be asked for again. A worker that publishes after the file went finds no record
        // and removes its file; what a call that was cut off publishes is found by its note.
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

    /// <summary>Ends a job that has not ended: its attempt is recorded, and none begins while it is removed.</summary>
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

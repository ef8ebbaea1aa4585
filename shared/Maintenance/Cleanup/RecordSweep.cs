using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Schedules;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Removes records whose own retention is over, and uploads that nobody will finish.</summary>
internal sealed class RecordSweep(
    IExportJobStore jobs,
    IIdempotencyKeys keys,
    IScheduleRunStore scheduleRuns,
    IMaintenanceRunStore runs,
    StoredFiles files,
    IOptions<MaintenanceOptions> options,
    IOptions<ScheduleOptions> schedules,
    TimeProvider time)
{
    /// <summary>Sweeps all of it once.</summary>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    public async Task<CleanupCounts> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new CleanupCounts
        {
            UploadsDropped = await DropUploadsAsync(now, cancellationToken),
            JobsRemoved = await jobs.RemoveOlderThanAsync(now.AddDays(-options.Value.JobDays), now, cancellationToken),
            KeysRemoved = await keys.RemoveOlderThanAsync(now.AddDays(-options.Value.KeyDays), cancellationToken),
            ScheduleRunsRemoved = await scheduleRuns.RemoveOlderThanAsync(now.AddDays(-schedules.Value.HistoryDays), cancellationToken),
            MaintenanceRunsRemoved = await runs.RemoveOlderThanAsync(now.AddDays(-options.Value.RunDays), cancellationToken),
        };
    }

    /// <summary>Uploads whose job is over, or gone: a job that is waiting or running may still commit its own.</summary>
    private async Task<int> DropUploadsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dropped = 0;
        var end = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-options.Value.UploadDays));
        await foreach (var (jobId, name) in files.UncommittedBeforeAsync(end, cancellationToken))
        {
            var job = await jobs.FindAsync(jobId, cancellationToken);
            var isOver = job is null or { Status: ExportStatus.Succeeded or ExportStatus.Failed or ExportStatus.Canceled } or { Status: ExportStatus.Expired, Restore: null or { Problem: not null } };
            if (isOver && await files.DropUncommittedAsync(name, cancellationToken))
                dropped++;
        }

        return dropped;
    }
}

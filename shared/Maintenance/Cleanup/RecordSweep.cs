using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Removes records whose own retention is over, and uploads that nobody will finish.</summary>
internal sealed class RecordSweep(
    IExportJobStore jobs,
    IIdempotencyKeys keys,
    IScheduleRunStore scheduleRuns,
    IMaintenanceRunStore runs,
    IDeliveryStore deliveries,
    StoredFiles files,
    DamagedFiles damaged,
    LargeFilterSweep filters,
    IOptions<MaintenanceOptions> options,
    IOptions<ScheduleOptions> schedules,
    IOptions<NotificationOptions> notifications,
    TimeProvider time,
    ILogger<RecordSweep> logger)
{
    /// <summary>Sweeps all of it once.</summary>
    /// <param name="action">What is done with what is found.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    public async Task<CleanupCounts> RunAsync(SweepAction action, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (action == SweepAction.Remove)
            await damaged.RemoveBeforeAsync(DateOnly.FromDateTime(now.UtcDateTime.AddDays(-options.Value.JobDays)), cancellationToken);
        return new CleanupCounts
        {
            UploadsDropped = await DropUploadsAsync(now, action, cancellationToken),
            JobsRemoved = await jobs.SweepOlderThanAsync(now.AddDays(-options.Value.JobDays), now, action, cancellationToken),
            KeysRemoved = await keys.SweepOlderThanAsync(now.AddDays(-options.Value.KeyDays), action, cancellationToken),
            ScheduleRunsRemoved = await scheduleRuns.SweepOlderThanAsync(now.AddDays(-schedules.Value.HistoryDays), action, cancellationToken),
            DeliveriesRemoved = await deliveries.SweepOlderThanAsync(now.AddDays(-notifications.Value.DeliveryDays), action, cancellationToken),
            MaintenanceRunsRemoved = await runs.SweepOlderThanAsync(now.AddDays(-options.Value.RunDays), action, cancellationToken),
            FiltersRemoved = await filters.RunAsync(now.AddDays(-options.Value.UploadDays), action, cancellationToken),
        };
    }

    /// <summary>Uploads whose job is over, or gone: a job that is waiting or running may still commit its own.</summary>
    private async Task<int> DropUploadsAsync(DateTimeOffset now, SweepAction action, CancellationToken cancellationToken)
    {
        var dropped = 0;
        var end = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-options.Value.UploadDays));
        await foreach (var (jobId, name) in files.UncommittedBeforeAsync(end, cancellationToken))
        {
            if (await UnreadableJobs.FindAsync(jobs, jobId, logger, cancellationToken) is not (var job, true))
                continue;

            var isOver = job is null or { Status: ExportStatus.Succeeded or ExportStatus.Failed or ExportStatus.Canceled } or { Status: ExportStatus.Expired, Restore: null or { Problem: not null } };
            if (isOver && (action == SweepAction.Count || await files.DropUncommittedAsync(name, cancellationToken)))
                dropped++;
        }

        return dropped;
    }
}

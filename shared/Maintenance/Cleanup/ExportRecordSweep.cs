using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Removes the records of exports whose retention is over: jobs, idempotency keys, large filters, damaged files.</summary>
internal sealed class ExportRecordSweep(
    IExportJobStore jobs, IIdempotencyKeys keys, LargeFilterSweep filters, DamagedFiles damaged, IOptions<MaintenanceOptions> options)
{
    /// <summary>Runs the sweep once.</summary>
    /// <param name="now">The time.</param>
    /// <param name="action">The action to take on what is found.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    public async Task<CleanupCounts> RunAsync(DateTimeOffset now, SweepAction action, CancellationToken cancellationToken)
    {
        var end = now.AddDays(-options.Value.JobDays);
        if (action == SweepAction.Remove)
            await damaged.RemoveBeforeAsync(DateOnly.FromDateTime(end.UtcDateTime), cancellationToken);
        return new CleanupCounts
        {
            JobsRemoved = await jobs.SweepOlderThanAsync(end, now, action, cancellationToken),
            KeysRemoved = await keys.SweepOlderThanAsync(now.AddDays(-options.Value.KeyDays), action, cancellationToken),
            FiltersRemoved = await filters.RunAsync(now.AddDays(-options.Value.UploadDays), action, cancellationToken),
        };
    }
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Removes abandoned uploads.</summary>
internal sealed class UploadSweep(
    IExportJobStore jobs, StoredFiles files, IOptions<MaintenanceOptions> options, ILogger<UploadSweep> logger)
{
    /// <summary>Drops uploads whose job is final or gone: a waiting or running job may still commit its own.</summary>
    /// <param name="now">The time.</param>
    /// <param name="action">The action to take on what is found.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of uploads.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, SweepAction action, CancellationToken cancellationToken)
    {
        var dropped = 0;
        var end = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-options.Value.UploadDays));
        await foreach (var (jobId, name) in files.UncommittedBeforeAsync(end, cancellationToken))
        {
            if (await UnreadableJobs.FindAsync(jobs, jobId, logger, cancellationToken) is not (var job, true))
                continue;

            var isOver = job is null or { Status: ExportStatus.Succeeded or ExportStatus.Failed or ExportStatus.Canceled }
                or { Status: ExportStatus.Expired, Restore: null or { Problem: not null } };
            if (isOver && (action == SweepAction.Count || await files.DropUncommittedAsync(name, cancellationToken)))
                dropped++;
        }

        return dropped;
    }
}

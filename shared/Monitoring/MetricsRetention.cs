using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Monitoring;

/// <summary>Removes expired records, the summaries made from them, and the alerts of the same period.</summary>
public sealed partial class MetricsRetention(
    StorageAccount account, AlertStore alerts, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<MetricsRetention> logger)
{
    /// <summary>Removes the files and alerts of the days whose retention is over.</summary>
    /// <param name="cancellationToken">Stops the sweep; the next one continues.</param>
    /// <returns>The number of files removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        // A day more than a record may be late, so that no file is removed while records are still added to it.
        var oldest = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-options.Value.RetentionDays - 1);
        var container = account.Blobs.GetBlobContainerClient(StorageNames.MetricsContainer);
        var removed = 0;
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (RecordFiles.DayOf(blob.Name) is not { } day)
                continue;
            if (day >= oldest)
                break;

            if (await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken))
                removed++;
        }

        await alerts.RemoveOlderThanAsync(new DateTimeOffset(oldest, TimeOnly.MinValue, TimeSpan.Zero), cancellationToken);
        if (removed > 0)
            Log.Removed(logger, removed, oldest);
        return removed;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Files} files of records from before {Oldest} removed.")]
        public static partial void Removed(ILogger logger, int files, DateOnly oldest);
    }
}

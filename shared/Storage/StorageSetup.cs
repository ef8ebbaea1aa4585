using Azure;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Startup;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Storage;

/// <summary>
/// Creates the container, queues and tables at start, where they don't exist. Roles that were given a moment ago are not in force everywhere
/// yet: what is refused for lack of them is tried again, within the minute that the Functions host gives the app to start.
/// </summary>
internal sealed partial class StorageSetup(StorageAccount account, TimeProvider time, ILogger<StorageSetup> logger) : StartupStep
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 2, 4, 8, 10, 10 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                await CreateAsync(cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (LacksRole(exception))
            {
                Log.Refused(logger, exception.ErrorCode!, pause);
            }

            await Task.Delay(pause, time, cancellationToken);
        }

        await CreateAsync(cancellationToken);
    }

    // A wrong key is 403 as well, and AuthenticationFailed.
    private static bool LacksRole(RequestFailedException exception) =>
        exception is { Status: 403, ErrorCode: "AuthorizationPermissionMismatch" or "AuthorizationFailure" };

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            account.Blobs.GetBlobContainerClient(StorageNames.FilesContainer).CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken),
            account.Blobs.GetBlobContainerClient(StorageNames.ArchiveContainer).CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken),
            account.Blobs.GetBlobContainerClient(StorageNames.MetricsContainer).CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken),
            account.Blobs.GetBlobContainerClient(StorageNames.FiltersContainer).CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.ExportQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.ExportPoisonQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.SliceQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.SlicePoisonQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Tables.GetTableClient(StorageNames.SlicesTable).CreateIfNotExistsAsync(cancellationToken),
            account.Queues.GetQueueClient(StorageNames.MaintenanceQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.MaintenancePoisonQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.NotificationQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Queues.GetQueueClient(StorageNames.NotificationPoisonQueue).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            account.Tables.GetTableClient(StorageNames.DeliveriesTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.WebhooksTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.SubscriptionsTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.ExpiriesTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.JobsTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.ActiveTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.IdempotencyTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.SchedulesTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.ScheduleRunsTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.MaintenanceTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.AlertsTable).CreateIfNotExistsAsync(cancellationToken),
            account.Tables.GetTableClient(StorageNames.HostsTable).CreateIfNotExistsAsync(cancellationToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Storage refuses the app's identity ({Code}). Roles take up to ten minutes to be in force after they were given; it is tried again in {Pause}.")]
        public static partial void Refused(ILogger logger, string code, TimeSpan pause);
    }
}

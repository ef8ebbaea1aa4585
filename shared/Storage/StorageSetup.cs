using Azure.Storage.Blobs.Models;
using ExportFunctions.Startup;

namespace ExportFunctions.Storage;

/// <summary>Creates the container, queues and tables at start, where they don't exist.</summary>
internal sealed class StorageSetup(StorageAccount account) : StartupStep
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
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
}

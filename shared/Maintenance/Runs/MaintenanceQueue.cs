using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Sends maintenance messages.</summary>
internal sealed class MaintenanceQueue(StorageAccount account)
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.MaintenanceQueue);

    /// <summary>Sends a message; it becomes visible after a delay, immediately by default.</summary>
    public async Task SendAsync(MaintenanceMessage message, CancellationToken cancellationToken, TimeSpan pause = default) =>
        await _queue.SendAsync(message, pause, cancellationToken);
}

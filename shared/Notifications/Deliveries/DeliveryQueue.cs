using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Sends messages of deliveries. The seam between them and the queue service.</summary>
public interface IDeliveryQueue
{
    /// <summary>Sends a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="pause">How long until hosts see it, at most seven days; zero for at once.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SendAsync(DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken);
}

/// <summary>The storage queue.</summary>
internal sealed class DeliveryQueue(StorageAccount account) : IDeliveryQueue
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.NotificationQueue);

    public Task SendAsync(DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken) =>
        _queue.SendAsync(message.ToBinaryData(), pause, cancellationToken);
}

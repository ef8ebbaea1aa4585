using Azure.Storage.Queues;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Sends delivery messages. The seam between deliveries and the queue service.</summary>
public interface IDeliveryQueue
{
    /// <summary>Sends a message.</summary>
    /// <param name="channel">The delivery's channel: each has its own queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="pause">How long the message stays invisible, at most seven days; zero for none.</param>
    Task SendAsync(NotificationChannel channel, DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken);

    /// <summary>The approximate number of messages in a channel's queue, including those in progress and those still invisible.</summary>
    /// <param name="channel">The channel.</param>
    Task<int> CountAsync(NotificationChannel channel, CancellationToken cancellationToken);

    /// <summary>Whether a message is visible: neither in progress nor delayed.</summary>
    /// <param name="channel">The channel.</param>
    Task<bool> HasVisibleAsync(NotificationChannel channel, CancellationToken cancellationToken);
}

/// <summary>Storage queues.</summary>
internal sealed class DeliveryQueue(StorageAccount account) : IDeliveryQueue
{
    private readonly QueueClient _mails = account.Queues.GetQueueClient(StorageNames.NotificationQueue);
    private readonly QueueClient _webhooks = account.Queues.GetQueueClient(StorageNames.WebhookQueue);

    public Task SendAsync(NotificationChannel channel, DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken) =>
        Of(channel).SendAsync(message, pause, cancellationToken);

    public async Task<int> CountAsync(NotificationChannel channel, CancellationToken cancellationToken) =>
        (await Of(channel).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    public async Task<bool> HasVisibleAsync(NotificationChannel channel, CancellationToken cancellationToken) =>
        (await Of(channel).PeekMessageAsync(cancellationToken)).Value is not null;

    private QueueClient Of(NotificationChannel channel) => channel == NotificationChannel.Webhook ? _webhooks : _mails;
}

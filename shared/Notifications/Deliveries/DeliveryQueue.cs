using Azure.Storage.Queues;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Sends messages of deliveries. The seam between them and the queue service.</summary>
public interface IDeliveryQueue
{
    /// <summary>Sends a message.</summary>
    /// <param name="channel">The way its delivery goes: each has a queue of its own.</param>
    /// <param name="message">The message.</param>
    /// <param name="pause">How long until hosts see it, at most seven days; zero for at once.</param>
    Task SendAsync(NotificationChannel channel, DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken);

    /// <summary>How many messages a channel's queue holds, about, those being worked on and those to be seen later included.</summary>
    /// <param name="channel">The channel.</param>
    Task<int> CountAsync(NotificationChannel channel, CancellationToken cancellationToken);

    /// <summary>Whether a message is there to be taken: none that is being worked on, nor one that is to be seen later.</summary>
    /// <param name="channel">The channel.</param>
    Task<bool> HasVisibleAsync(NotificationChannel channel, CancellationToken cancellationToken);
}

/// <summary>The storage queues.</summary>
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

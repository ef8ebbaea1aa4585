using Azure.Storage.Queues.Models;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Delivers notifications from their messages, and gives up those whose messages failed too often.</summary>
public sealed class NotificationsQueue(DeliverySending sending, PoisonMessages poison)
{
    [Function("DeliverNotification")]
    public Task DeliverAsync([QueueTrigger(StorageNames.NotificationQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        DeliveryMessage.TryParse(message.Body) is { } delivery
            ? sending.ProcessAsync(delivery, cancellationToken)
            : throw new InvalidDataException($"The message {message.MessageId} is not a notification of a known version.");

    [Function("GiveUpNotification")]
    public Task GiveUpAsync([QueueTrigger(StorageNames.NotificationPoisonQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        GiveUpAsync(message, StorageNames.NotificationQueue, cancellationToken);

    // Webhooks have a queue of their own: receivers that are slow take no place of a mail.
    [Function("DeliverWebhook")]
    public Task DeliverWebhookAsync([QueueTrigger(StorageNames.WebhookQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        DeliverAsync(message, cancellationToken);

    [Function("GiveUpWebhook")]
    public Task GiveUpWebhookAsync([QueueTrigger(StorageNames.WebhookPoisonQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        GiveUpAsync(message, StorageNames.WebhookQueue, cancellationToken);

    private Task GiveUpAsync(QueueMessage message, string queue, CancellationToken cancellationToken) =>
        poison.TakeUpAsync(message, queue, () => TryGiveUpAsync(message, cancellationToken), cancellationToken);

    private async Task<bool> TryGiveUpAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (DeliveryMessage.TryParse(message.Body) is not { } delivery)
            return false;

        await sending.GiveUpAsync(delivery, cancellationToken);
        return true;
    }
}

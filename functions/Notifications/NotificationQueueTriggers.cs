using Azure.Storage.Queues.Models;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Delivers notifications from their messages.</summary>
public sealed class NotificationQueueTriggers(DeliverySending sending)
{
    [Function("DeliverNotification")]
    public Task DeliverAsync([QueueTrigger(StorageNames.NotificationQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        DeliveryMessage.TryParse(message.Body) is { } delivery
            ? sending.ProcessAsync(delivery, cancellationToken)
            : throw new InvalidDataException($"The message {message.MessageId} is not a notification of a known version.");

    // Webhooks have their own queue, so that slow receivers don't hold up mails.
    [Function("DeliverWebhook")]
    public Task DeliverWebhookAsync([QueueTrigger(StorageNames.WebhookQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        DeliverAsync(message, cancellationToken);
}

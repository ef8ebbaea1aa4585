using Azure.Storage.Queues.Models;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Delivers notifications from their messages, and gives up those whose messages failed too often.</summary>
public sealed partial class NotificationsQueue(DeliverySending sending, ILogger<NotificationsQueue> logger)
{
    [Function("DeliverNotification")]
    public Task DeliverAsync([QueueTrigger(StorageNames.NotificationQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        DeliveryMessage.TryParse(message.Body) is { } delivery
            ? sending.ProcessAsync(delivery, cancellationToken)
            : throw new InvalidDataException($"The message {message.MessageId} is not a notification of a known version.");

    [Function("GiveUpNotification")]
    public async Task GiveUpAsync([QueueTrigger(StorageNames.NotificationPoisonQueue)] QueueMessage message, CancellationToken cancellationToken)
    {
        if (DeliveryMessage.TryParse(message.Body) is { } delivery)
            await sending.GiveUpAsync(delivery, cancellationToken);
        else
            Log.Dropped(logger, message.MessageId);
    }

    // Webhooks have a queue of their own: receivers that are slow take no place of a mail.
    [Function("DeliverWebhook")]
    public Task DeliverWebhookAsync([QueueTrigger(StorageNames.WebhookQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        DeliverAsync(message, cancellationToken);

    [Function("GiveUpWebhook")]
    public Task GiveUpWebhookAsync([QueueTrigger(StorageNames.WebhookPoisonQueue)] QueueMessage message, CancellationToken cancellationToken) =>
        GiveUpAsync(message, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The poison message {MessageId} is not a notification; it is dropped.")]
        public static partial void Dropped(ILogger logger, string messageId);
    }
}

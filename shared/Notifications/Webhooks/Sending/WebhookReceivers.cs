using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks.Secrets;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>
/// The webhooks that receive an event: the enabled ones whose filter matches. Read from the table each time: they share one partition, and
/// a new webhook takes effect at once on every host.
/// </summary>
internal sealed class WebhookReceivers(IWebhookStore webhooks, SecretProtector protector) : IReceiverSource
{
    public async Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken)
    {
        if (!protector.HasKey)
            return [];

        var all = await webhooks.ListAsync(cancellationToken);
        return [.. all.Where(webhook => webhook.Enabled && webhook.Filter.Wants(happening)).Select(
            webhook => new Receiver(NotificationChannel.Webhook, webhook.Name, webhook.Id))];
    }
}

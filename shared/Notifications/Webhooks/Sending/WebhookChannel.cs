using System.Globalization;
using System.Security.Cryptography;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Notifications.Webhooks.Secrets;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>Delivers to webhooks. A webhook that is gone, or fails for days, is disabled.</summary>
internal sealed class WebhookChannel(
    IWebhookStore webhooks,
    WebhookSender sender,
    WebhookChanges changes,
    SecretProtector protector,
    IOptions<WebhookOptions> options,
    TimeProvider time) : IDeliveryChannel
{
    // Jitter of up to a fifth, in thousandths: calls that failed together are not retried together.
    private const int MaxJitter = 200;
    private static readonly TimeSpan RecordTime = TimeSpan.FromSeconds(30);

    public NotificationChannel Channel => NotificationChannel.Webhook;

    public bool IsEnabled => protector.HasKey;

    // Besides the call itself, the webhook's records are read and written.
    public TimeSpan MaxDuration => options.Value.WebhookTimeout + RecordTime;

    public string? TargetOf(Delivery delivery) => delivery.WebhookId?.ToString("N");

    public async Task<DeliveryAnswer> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.WebhookId is not { } id || await webhooks.FindAsync(id, cancellationToken) is not { } webhook)
            return new DeliveryAnswer(DeliveryOutcome.Refused, WebhookChanges.Deleted);
        if (!webhook.Enabled)
            return new DeliveryAnswer(DeliveryOutcome.Refused, WebhookChanges.Disabled(webhook.DisabledBecause));

        if (await webhooks.FindHoldAsync(id, cancellationToken) is { } hold && hold > TimeSpan.Zero)
            return new DeliveryAnswer(
                DeliveryOutcome.NotNow, "Waits: the receiver has asked to be left alone for a while.")
            { RetryAfter = Spread(hold) };

        var told = new WebhookEvent(delivery.Id, delivery.Event, NewestFirstKey.TimeOf(delivery.Id), delivery.Values);
        var answer = await sender.SendAsync(webhook, told, cancellationToken);
        if (answer.IsFromReceiver)
            await NoteAsync(webhook, delivery.Id, answer, cancellationToken);
        if (answer.HoldFor is { } holdFor)
            await webhooks.HoldAsync(id, holdFor, cancellationToken);
        return new DeliveryAnswer(answer.Outcome, answer.Text) { RetryAfter = answer.RetryAfter };
    }

    public TimeSpan? PauseAfter(int attempts)
    {
        var pauses = options.Value.Pauses;
        return attempts <= pauses.Count ? Spread(pauses[attempts - 1]) : null;
    }

    private static TimeSpan Spread(TimeSpan pause) => pause * (1 + (RandomNumberGenerator.GetInt32(MaxJitter + 1) / 1000.0));

    private async Task NoteAsync(Webhook webhook, Guid deliveryId, WebhookAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.IsGone)
        {
            await changes.DisableAsync(webhook.Id, $"It answered {answer.Text}", deliveryId, cancellationToken);
            return;
        }

        var since = await webhooks.FindFailingSinceAsync(webhook.Id, cancellationToken);
        if (answer.Outcome == DeliveryOutcome.Accepted)
        {
            if (since is not null)
                await webhooks.SetFailingSinceAsync(webhook.Id, since: null, cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        if (since is null)
            await webhooks.SetFailingSinceAsync(webhook.Id, now, cancellationToken);
        else if (now - since >= TimeSpan.FromDays(options.Value.WebhookDisableAfterDays))
            await changes.DisableAsync(
                webhook.Id,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It has failed since {since.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC. The last answer: {answer.Text}"),
                deliveryId,
                cancellationToken);
    }
}

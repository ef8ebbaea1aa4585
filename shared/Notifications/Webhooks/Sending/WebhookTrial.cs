using ExportFunctions.Notifications.Webhooks.Payloads;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>
/// Tries a webhook: sends it a made-up event, the way that deliveries go. Nothing is recorded, and a webhook that is disabled can be
/// tried as well.
/// </summary>
public sealed class WebhookTrial
{
    private readonly WebhookSender _sender;
    private readonly NotificationOptions _options;
    private readonly TimeProvider _time;

    internal WebhookTrial(WebhookSender sender, IOptions<NotificationOptions> options, TimeProvider time)
    {
        _sender = sender;
        _options = options.Value;
        _time = time;
    }

    /// <summary>Sends the event once.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="notificationEvent">The event.</param>
    /// <returns>What the other side said.</returns>
    public Task<WebhookAnswer> SendAsync(Webhook webhook, NotificationEvent notificationEvent, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var told = new WebhookEvent(
            Guid.CreateVersion7(now), notificationEvent, now, EventSamples.Of(notificationEvent, _options.PublicUrl), IsTest: true);
        return _sender.SendAsync(webhook, told, cancellationToken);
    }
}

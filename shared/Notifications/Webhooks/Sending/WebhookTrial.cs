using ExportFunctions.Notifications.Webhooks.Payloads;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>
/// Tests a webhook: sends it a sample event, the way deliveries are sent. Nothing is recorded, and a disabled webhook can be tested as
/// well.
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
    /// <returns>The receiver's response.</returns>
    public Task<WebhookAnswer> SendAsync(Webhook webhook, NotificationEvent notificationEvent, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var told = new WebhookEvent(
            Guid.CreateVersion7(now), notificationEvent, now, EventSamples.Of(notificationEvent, _options.PublicUrl), IsTest: true);
        return _sender.SendAsync(webhook, told, cancellationToken);
    }
}

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>The event sent to a webhook.</summary>
/// <param name="Id">The delivery's id, the same on each attempt.</param>
/// <param name="Event">What happened.</param>
/// <param name="HappenedAt">When it happened.</param>
/// <param name="Values">The values available to templates, by name.</param>
/// <param name="IsTest">Whether this is only a test of the webhook, and nothing happened.</param>
internal sealed record WebhookEvent(
    Guid Id, NotificationEvent Event, DateTimeOffset HappenedAt, IReadOnlyDictionary<string, string> Values, bool IsTest = false)
{
    /// <summary>A value; empty when the event has none with that name.</summary>
    public string this[string name] => Values.GetValueOrDefault(name) ?? "";
}

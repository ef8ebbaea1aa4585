namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>What a webhook is told.</summary>
/// <param name="Id">The delivery's id, the same at each try.</param>
/// <param name="Event">What happened.</param>
/// <param name="HappenedAt">When it happened.</param>
/// <param name="Values">What templates may say, by name.</param>
/// <param name="IsTest">Whether somebody only tries the webhook, and nothing happened.</param>
internal sealed record WebhookEvent(
    Guid Id, NotificationEvent Event, DateTimeOffset HappenedAt, IReadOnlyDictionary<string, string> Values, bool IsTest = false)
{
    /// <summary>A value; empty where the event has none of that name.</summary>
    public string this[string name] => Values.GetValueOrDefault(name) ?? "";
}

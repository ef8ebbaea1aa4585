using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Webhooks.Requests;

/// <summary>A webhook as requested, fully validated.</summary>
public sealed record WebhookRequest
{
    /// <summary>The display name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its address; null to leave it unchanged.</summary>
    public Uri? Url { get; init; }

    /// <summary>The kind of payload.</summary>
    public WebhookKind Kind { get; init; }

    /// <summary>The filter.</summary>
    public SubscriptionFilter Filter { get; init; } = SubscriptionFilter.All;

    /// <summary>The Liquid template of the payload; null for the default of its kind.</summary>
    public string? Template { get; init; }

    /// <summary>The language of Slack and Teams messages.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether it is enabled.</summary>
    public bool Enabled { get; init; } = true;
}

using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Webhooks.Requests;

/// <summary>A webhook as its owner asks for it, checked in full.</summary>
public sealed record WebhookRequest
{
    /// <summary>What people call it, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is; null to leave it where it was.</summary>
    public Uri? Url { get; init; }

    /// <summary>What it understands.</summary>
    public WebhookKind Kind { get; init; }

    /// <summary>The events it wants.</summary>
    public SubscriptionFilter Filter { get; init; } = SubscriptionFilter.All;

    /// <summary>The Liquid template of what is sent; null for the kind's own.</summary>
    public string? Template { get; init; }

    /// <summary>The language of Slack and Teams messages.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether anything is sent.</summary>
    public bool Enabled { get; init; } = true;
}

using System.Text.Json.Serialization;
using Azure;
using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>A subscription to events by mail.</summary>
public sealed record Subscription
{
    /// <summary>The subscription's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The display name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail addresses, 1 to 20.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The filter.</summary>
    public required SubscriptionFilter Filter { get; init; }

    /// <summary>Whether it is enabled.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was created, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>A subscription as requested, fully validated.</summary>
/// <param name="Name">The display name, 1 to 100 characters.</param>
/// <param name="To">The e-mail addresses, 1 to 20.</param>
/// <param name="Filter">The filter.</param>
/// <param name="Enabled">Whether it is enabled.</param>
public sealed record SubscriptionRequest(string Name, IReadOnlyList<string> To, SubscriptionFilter Filter, bool Enabled);

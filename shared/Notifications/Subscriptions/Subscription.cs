using System.Text.Json.Serialization;
using Azure;
using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>A standing wish to hear of events by mail.</summary>
public sealed record Subscription
{
    /// <summary>The subscription's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail addresses, 1 to 20.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>What it is about.</summary>
    public required SubscriptionFilter Filter { get; init; }

    /// <summary>Whether it is in force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was made, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was changed last, in UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    [JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>A subscription as somebody asks for it, checked in full.</summary>
/// <param name="Name">What people call it, 1 to 100 characters.</param>
/// <param name="To">The e-mail addresses, 1 to 20.</param>
/// <param name="Filter">What it is about.</param>
/// <param name="Enabled">Whether it is in force.</param>
public sealed record SubscriptionRequest(string Name, IReadOnlyList<string> To, SubscriptionFilter Filter, bool Enabled);

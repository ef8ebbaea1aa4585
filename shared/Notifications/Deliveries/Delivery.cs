using Azure;
using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// One notification for one receiver. An immutable picture of the stored record; its state is its own, and never that of the export.
/// </summary>
public sealed record Delivery
{
    /// <summary>The id: derived from what happened and who hears of it, so that no event is told twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened.</summary>
    public required NotificationEvent Event { get; init; }

    /// <summary>The way it goes.</summary>
    public NotificationChannel Channel { get; init; }

    /// <summary>Who hears of it: an e-mail address, or a webhook's name as it was.</summary>
    public required string To { get; init; }

    /// <summary>The webhook it goes to; null for mails.</summary>
    public Guid? WebhookId { get; init; }

    /// <summary>The state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The export it is about; null when it is about none.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>The schedule it is about; null when it is about none.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>What the templates may say, by name, as it was when it happened.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The tries so far.</summary>
    public int Attempts { get; init; }

    /// <summary>What the other side said last.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>When it is tried again; null when it isn't waiting for that.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When a message took the place of the one before; null when that never was. Messages from before are out of date.</summary>
    public DateTimeOffset? ResentAt { get; init; }

    /// <summary>Whether it is within the limit of mails: it counts once, however often it is tried.</summary>
    public bool IsAdmitted { get; init; }

    /// <summary>The claim of the worker that tries it at this moment; null when none does. It lapses with <see cref="Age"/>.</summary>
    public Guid? Claim { get; init; }

    /// <summary>How long the record has stood as it was read, by the storage's own clock: hosts' clocks may be apart.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan Age { get; init; }

    /// <summary>The stored record's version.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>The states of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>Waiting for its first try, or for a further one.</summary>
    Pending,

    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>It was refused, or tried too often. It can be replayed.</summary>
    Failed,
}

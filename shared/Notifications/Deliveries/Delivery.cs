using Azure;
using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// One notification to one receiver. An immutable snapshot of the stored record; its state is independent of the export's.
/// </summary>
public sealed record Delivery
{
    /// <summary>The id, derived from the event and the receiver, so that no event is delivered twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened.</summary>
    public required NotificationEvent Event { get; init; }

    /// <summary>The channel it is sent through.</summary>
    public NotificationChannel Channel { get; init; }

    /// <summary>The receiver: an e-mail address, or the webhook's name at the time of the event.</summary>
    public required string To { get; init; }

    /// <summary>The webhook it goes to; null for mails.</summary>
    public Guid? WebhookId { get; init; }

    /// <summary>The state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The export it is about; null when it is about none.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>The schedule it is about; null when it is about none.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>The values available to templates, by name, as of the event.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>When it was recorded, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The attempts so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The receiver's last response.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>When the next attempt is due; null when none is scheduled.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the current message replaced the previous one; null when it never did. Earlier messages are out of date.</summary>
    public DateTimeOffset? ResentAt { get; init; }

    /// <summary>Whether it has been counted against the mail limit: it counts once, however many attempts it takes.</summary>
    public bool IsAdmitted { get; init; }

    /// <summary>The claim of the worker making an attempt right now; null when there is none. It expires by <see cref="Age"/>.</summary>
    public Guid? Claim { get; init; }

    /// <summary>The age of the record when it was read, by the storage's own clock: hosts' clocks may differ.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan Age { get; init; }

    /// <summary>The stored record's version.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ETag ETag { get; init; }
}

/// <summary>The states of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>Waiting for its first or next attempt.</summary>
    Pending,

    /// <summary>The receiver accepted it.</summary>
    Delivered,

    /// <summary>It was refused, or its attempts are used up. It can be replayed.</summary>
    Failed,
}

using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>A channel for deliveries. The seam between deliveries and mails, webhooks or future channels.</summary>
public interface IDeliveryChannel
{
    /// <summary>The channel it serves.</summary>
    NotificationChannel Channel { get; }

    /// <summary>Whether anything is sent through this channel. If not, nothing is recorded for it either.</summary>
    bool IsEnabled { get; }

    /// <summary>The time limit of one attempt, all steps included; it is stopped then.</summary>
    TimeSpan MaxDuration { get; }

    /// <summary>The target of a delivery, where a slow one must not hold up the others; null when the channel has only one.</summary>
    /// <param name="delivery">The delivery.</param>
    string? TargetOf(Delivery delivery);

    /// <summary>Makes one attempt.</summary>
    /// <param name="delivery">The delivery. Every attempt has the same id, by which a receiver can detect duplicates.</param>
    /// <param name="cancellationToken">Stops the attempt; it may have reached the receiver anyway.</param>
    /// <returns>The outcome.</returns>
    Task<DeliveryAnswer> SendAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="attempts">The attempts so far, 1 at least.</param>
    /// <returns>The pause; null when that was the last attempt.</returns>
    TimeSpan? PauseAfter(int attempts);
}

/// <summary>The outcome of a delivery attempt.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Text">The receiver's response, in words that are safe to show.</param>
public sealed record DeliveryAnswer(DeliveryOutcome Outcome, string Text)
{
    /// <summary>
    /// Whether the failing endpoint is shared by all deliveries of the channel and can't be reached: that is logged once, not for each
    /// delivery.
    /// </summary>
    public bool IsOutage { get; init; }

    /// <summary>How long the receiver asks us to wait; null when it doesn't ask. A pause is never shorter.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The possible outcomes of a delivery attempt.</summary>
public enum DeliveryOutcome
{
    /// <summary>It was accepted.</summary>
    Accepted,

    /// <summary>It failed, and may succeed later.</summary>
    TryLater,

    /// <summary>It was permanently refused.</summary>
    Refused,

    /// <summary>It was not attempted: it has to wait first, for <see cref="DeliveryAnswer.RetryAfter"/>.</summary>
    NotNow,
}

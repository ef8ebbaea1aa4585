using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>One way a delivery goes. The seam between deliveries and mails, webhooks, or whatever comes.</summary>
public interface IDeliveryChannel
{
    /// <summary>The channel it serves.</summary>
    NotificationChannel Channel { get; }

    /// <summary>Whether anything is sent this way at all. What is not is not recorded either.</summary>
    bool IsEnabled { get; }

    /// <summary>How long one try may take in all, whatever it does; it is stopped then.</summary>
    TimeSpan MaxDuration { get; }

    /// <summary>What a delivery goes to, where one that is slow must not hold back the others; null where there is but one.</summary>
    /// <param name="delivery">The delivery.</param>
    string? TargetOf(Delivery delivery);

    /// <summary>Tries once.</summary>
    /// <param name="delivery">The delivery. Every try has the same id, which a receiver may go by.</param>
    /// <param name="cancellationToken">Stops the try; it may have reached the other side all the same.</param>
    /// <returns>What came of it.</returns>
    Task<DeliveryAnswer> SendAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>How long to wait before a further try.</summary>
    /// <param name="attempts">The tries so far, 1 at least.</param>
    /// <returns>The pause; null when that was the last try.</returns>
    TimeSpan? PauseAfter(int attempts);
}

/// <summary>What came of a try to deliver.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Text">What the other side said, in words that are safe to show.</param>
public sealed record DeliveryAnswer(DeliveryOutcome Outcome, string Text)
{
    /// <summary>
    /// Whether the other side is one that all deliveries of the channel go by, and can't be reached: that is told of once, and not for
    /// each.
    /// </summary>
    public bool IsOutage { get; init; }

    /// <summary>How long the other side asks to be left alone; null when it says nothing. A pause is never shorter.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>What may come of a try to deliver.</summary>
public enum DeliveryOutcome
{
    /// <summary>It was taken.</summary>
    Accepted,

    /// <summary>It was not, and may be later.</summary>
    TryLater,

    /// <summary>It was refused for good.</summary>
    Refused,

    /// <summary>It was not tried: it has to wait first, as long as <see cref="DeliveryAnswer.RetryAfter"/> says.</summary>
    NotNow,
}

using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>What came of one call of a webhook.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Text">What the other side said, or why nothing was sent, in words that are safe to show.</param>
public sealed record WebhookAnswer(DeliveryOutcome Outcome, string Text)
{
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>How long the other side asks to be left alone; null when it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long nothing at all may be sent there; null when that was not asked for.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>Whether the other side says that it is there no more and wants nothing further.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether it says something about the other side: a call that could not even be made does not.</summary>
    public bool IsFromReceiver { get; init; } = true;
}

using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>The result of one webhook call.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Text">The response, or why nothing was sent, in words that are safe to show.</param>
public sealed record WebhookAnswer(DeliveryOutcome Outcome, string Text)
{
    /// <summary>The HTTP status; null when there was no response.</summary>
    public int? Status { get; init; }

    /// <summary>How long the receiver asks us to wait; null when it doesn't ask.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For how long nothing at all may be sent there; null when that was not requested.</summary>
    public TimeSpan? HoldFor { get; init; }

    /// <summary>Whether the receiver says that it is permanently gone.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether the result reflects on the receiver: a call that could not even be made does not.</summary>
    public bool IsFromReceiver { get; init; } = true;
}

namespace ExportFunctions.Notifications.Receivers;

/// <summary>
/// Knows who hears of events by a standing wish, beside those whom a request or a schedule names. Asked at each event: it must be cheap.
/// </summary>
public interface IReceiverSource
{
    /// <summary>Who hears of an event.</summary>
    /// <param name="happening">What happened.</param>
    Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken);
}

/// <summary>What happened, as far as wishes go by it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Dataset">The dataset's name; null when it is about none in particular.</param>
/// <param name="Format">The format's name; null when it is about none in particular.</param>
public sealed record Happening(NotificationEvent Event, string? Dataset = null, string? Format = null);

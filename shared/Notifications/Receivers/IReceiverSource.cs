namespace ExportFunctions.Notifications.Receivers;

/// <summary>
/// Finds the subscribers of events, in addition to those whom a request or a schedule names. Called on each event: it must be cheap.
/// </summary>
public interface IReceiverSource
{
    /// <summary>The receivers of an event.</summary>
    /// <param name="happening">What happened.</param>
    Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken);
}

/// <summary>What happened, as far as filters need it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Dataset">The dataset's name; null when it is about none in particular.</param>
/// <param name="Format">The format's name; null when it is about none in particular.</param>
public sealed record Happening(NotificationEvent Event, string? Dataset = null, string? Format = null);

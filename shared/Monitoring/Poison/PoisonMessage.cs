namespace ExportFunctions.Monitoring.Poison;

/// <summary>A queue message that could not be processed, kept for the operator.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="Queue">The queue it was sent to.</param>
/// <param name="Body">Its content, as text.</param>
/// <param name="IsReadable">False when it does not have the form of the app's messages; it can't be requeued.</param>
/// <param name="Reason">Why it could not be processed, in a sentence that is safe to show.</param>
/// <param name="KeptAt">Since when it has been kept, UTC.</param>
public sealed record PoisonMessage(Guid Id, string Queue, string Body, bool IsReadable, string Reason, DateTime KeptAt);

/// <summary>One page of poison messages.</summary>
/// <param name="Messages">The messages, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record PoisonPage(IReadOnlyList<PoisonMessage> Messages, string? ContinuationToken);

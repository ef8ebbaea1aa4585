namespace ExportFunctions.Monitoring.Poison;

/// <summary>A queue's message that nothing could be done with, kept for the operator.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="Queue">The queue it was sent to.</param>
/// <param name="Body">What it holds, as text.</param>
/// <param name="IsReadable">False when it is not in the form that the app's messages have; it can't be sent again.</param>
/// <param name="Reason">Why nothing could be done with it, in a sentence that is safe to show.</param>
/// <param name="KeptAt">Since when it is kept, UTC.</param>
public sealed record PoisonMessage(Guid Id, string Queue, string Body, bool IsReadable, string Reason, DateTime KeptAt);

/// <summary>One page of them.</summary>
/// <param name="Messages">The messages, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record PoisonPage(IReadOnlyList<PoisonMessage> Messages, string? ContinuationToken);

using Azure.Storage.Queues;

namespace ExportFunctions.Storage;

/// <summary>Sends queue messages.</summary>
internal static class QueueSending
{
    // The default is seven days: a message that waits longer, during an outage or in a long queue, would be lost.
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    /// <summary>Sends a message that never expires.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="pause">How long the message stays invisible, at most seven days; null for not at all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task SendAsync(this QueueClient queue, RecordMessage message, TimeSpan? pause, CancellationToken cancellationToken) =>
        queue.SendAsync(message.ToBinaryData(), pause, cancellationToken);

    /// <summary>Sends a message that never expires.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="body">The message.</param>
    /// <param name="pause">How long the message stays invisible, at most seven days; null for not at all.</param>
    public static async Task SendAsync(this QueueClient queue, BinaryData body, TimeSpan? pause, CancellationToken cancellationToken) =>
        await queue.SendMessageAsync(body, visibilityTimeout: pause, timeToLive: NeverExpires, cancellationToken);
}

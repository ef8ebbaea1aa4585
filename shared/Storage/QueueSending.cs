using Azure.Storage.Queues;

namespace ExportFunctions.Storage;

/// <summary>How messages are sent.</summary>
internal static class QueueSending
{
    // Left out, it is seven days: what waits longer, behind an outage or a long queue, would be gone.
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    /// <summary>Sends a message that never expires.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="pause">How long until hosts see it, at most seven days; null for at once.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task SendAsync(this QueueClient queue, RecordMessage message, TimeSpan? pause, CancellationToken cancellationToken) =>
        queue.SendAsync(message.ToBinaryData(), pause, cancellationToken);

    /// <summary>Sends a message that never expires.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="body">The message.</param>
    /// <param name="pause">How long until hosts see it, at most seven days; null for at once.</param>
    public static async Task SendAsync(this QueueClient queue, BinaryData body, TimeSpan? pause, CancellationToken cancellationToken) =>
        await queue.SendMessageAsync(body, visibilityTimeout: pause, timeToLive: NeverExpires, cancellationToken);
}

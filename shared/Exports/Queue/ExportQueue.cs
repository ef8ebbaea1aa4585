using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Queue;

/// <summary>Sends export messages. The seam between jobs and the queue service.</summary>
public interface IExportQueue
{
    /// <summary>Sends a message; workers see it at once.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SendAsync(ExportMessage message, CancellationToken cancellationToken);

    /// <summary>Sends a message that workers see after a pause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">The pause, at most seven days.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>How many messages the queue holds, about, those being worked on included.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<int> CountAsync(CancellationToken cancellationToken);
}

/// <summary>The storage queue.</summary>
internal sealed class ExportQueue(StorageAccount account) : IExportQueue
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.ExportQueue);

    public async Task SendAsync(ExportMessage message, CancellationToken cancellationToken) =>
        await _queue.SendMessageAsync(message.ToBinaryData(), visibilityTimeout: null, timeToLive: null, cancellationToken);

    public async Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        await _queue.SendMessageAsync(message.ToBinaryData(), visibilityTimeout: delay, timeToLive: null, cancellationToken);

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var properties = await _queue.GetPropertiesAsync(cancellationToken);
        return properties.Value.ApproximateMessagesCount;
    }
}

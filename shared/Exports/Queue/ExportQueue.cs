using System.Diagnostics;
using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Queue;

/// <summary>Sends export messages. The seam between jobs and the queue service.</summary>
public interface IExportQueue
{
    /// <summary>Sends a message; workers see it at once.</summary>
    /// <param name="message">The message.</param>
    Task SendAsync(ExportMessage message, CancellationToken cancellationToken);

    /// <summary>Sends a message that workers see after a pause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">The pause, at most seven days.</param>
    Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>How many messages the queue holds, about, those being worked on included.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>Whether a message is there to be taken: none that is being worked on, nor one that is to be seen later.</summary>
    Task<bool> HasVisibleAsync(CancellationToken cancellationToken);
}

/// <summary>The storage queue.</summary>
internal sealed class ExportQueue(StorageAccount account) : IExportQueue
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.ExportQueue);

    public Task SendAsync(ExportMessage message, CancellationToken cancellationToken) =>
        SendWithTraceAsync(message, delay: null, cancellationToken);

    public Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendWithTraceAsync(message, delay, cancellationToken);

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var properties = await _queue.GetPropertiesAsync(cancellationToken);
        return properties.Value.ApproximateMessagesCount;
    }

    public async Task<bool> HasVisibleAsync(CancellationToken cancellationToken) =>
        (await _queue.PeekMessageAsync(cancellationToken)).Value is not null;

    private async Task SendWithTraceAsync(ExportMessage message, TimeSpan? delay, CancellationToken cancellationToken)
    {
        // The worker goes on with the trace that the message was sent in.
        using var sending = ExportActivities.StartSending(message);
        var traceparent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;
        await _queue.SendAsync(message with { Traceparent = traceparent }, delay, cancellationToken);
    }
}

using System.Diagnostics;
using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Queue;

/// <summary>Sends export messages. The boundary between jobs and the queue service.</summary>
public interface IExportQueue
{
    /// <summary>Sends a message that is visible to workers at once.</summary>
    /// <param name="message">The message.</param>
    Task SendAsync(ExportMessage message, CancellationToken cancellationToken);

    /// <summary>Sends a message that becomes visible to workers after a delay.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">The delay, at most seven days.</param>
    Task SendLaterAsync(ExportMessage message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>The approximate number of messages in the queue, including those being processed.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is a visible message: one that is neither being processed nor delayed.</summary>
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
        // The worker continues the trace in which the message was sent.
        using var sending = ExportActivities.StartSending(message);
        var traceparent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;
        await _queue.SendAsync(message with { Traceparent = traceparent }, delay, cancellationToken);
    }
}

using Azure.Storage.Queues;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Sends slices to any free worker. They have their own queue, so that a small export never waits behind a large one's slices.
/// </summary>
internal interface ISliceQueue
{
    /// <summary>Sends a message.</summary>
    Task SendAsync(SliceMessage message, CancellationToken cancellationToken);

    /// <summary>Sends a message that becomes visible to workers after a delay.</summary>
    Task SendLaterAsync(SliceMessage message, TimeSpan delay, CancellationToken cancellationToken);
}

/// <summary>The storage queue.</summary>
internal sealed class SliceQueue(StorageAccount account) : ISliceQueue
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.SliceQueue);

    public async Task SendAsync(SliceMessage message, CancellationToken cancellationToken) =>
        await _queue.SendAsync(message, pause: null, cancellationToken);

    public async Task SendLaterAsync(SliceMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        await _queue.SendAsync(message, delay, cancellationToken);
}

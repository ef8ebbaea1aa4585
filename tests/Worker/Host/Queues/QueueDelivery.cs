using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.TestHost.Protocol;

namespace ExportFunctions.TestHost.Queues;

/// <summary>
/// Delivers one queue's messages as the Functions host does: hidden for ten minutes while the function runs, deleted when it succeeded,
/// shown again after host.json's visibilityTimeout when it failed, and moved to the poison queue when that was the last try.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="channel">Where the worker is told.</param>
/// <param name="storage">The account; its client does not decode.</param>
/// <param name="settings">host.json's settings.</param>
internal sealed class QueueDelivery(WorkerFunction function, WorkerChannel channel, QueueServiceClient storage, QueueSettings settings)
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    // The Functions host waits longer the longer a queue is empty; tests would only wait with it.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly QueueClient _queue = storage.GetQueueClient(function.Queue);
    private readonly HashSet<Task> _running = [];

    /// <summary>Takes messages until the host stops, and waits for those that it has taken.</summary>
    /// <param name="stopping">Nothing new is taken, and functions are asked to cancel.</param>
    /// <param name="died">The host is dead: what runs is left as it is.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken died)
    {
        while (!stopping.IsCancellationRequested && !channel.Closed.IsCompleted)
        {
            _running.RemoveWhere(task => task.IsCompleted);
            var messages = _running.Count <= settings.NewBatchThreshold ? await ReceiveAsync(stopping) : [];
            foreach (var message in messages)
                _running.Add(HandleAsync(message, stopping, died));

            if (messages.Length == 0)
                await Task.Delay(Poll, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running);
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _queue.ReceiveMessagesAsync(settings.BatchSize, Hidden, cancellationToken)).Value;
        }
        catch (RequestFailedException)
        {
            // The queue isn't made yet, or storage doesn't answer: the next look may be luckier.
            return [];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stopping, CancellationToken died)
    {
        try
        {
            if (QueueInvocation.Decode(message, settings.MessageEncoding) is not { } text)
            {
                await PoisonAsync(message);
                return;
            }

            var result = await channel.InvokeAsync(QueueInvocation.Create(function, message, text), stopping);
            if (died.IsCancellationRequested)
                return;

            if (result.Outcome == InvocationOutcome.Succeeded)
                await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
            else if (message.DequeueCount >= settings.MaxDequeueCount)
                await PoisonAsync(message);
            else
                await _queue.UpdateMessageAsync(
                    message.MessageId, message.PopReceipt, message.Body, settings.VisibilityTimeout, CancellationToken.None);
        }
        catch (RequestFailedException)
        {
            // Someone else has the message by now, or storage is gone: it comes back or not, as on Azure.
        }
    }

    private async Task PoisonAsync(QueueMessage message)
    {
        if (function.Queue.EndsWith("-poison", StringComparison.Ordinal))
            return;

        var poison = storage.GetQueueClient($"{function.Queue}-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        await poison.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: CancellationToken.None);
        await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
    }
}

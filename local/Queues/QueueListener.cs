using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>Takes one queue's messages and runs a function for each, by host.json's rules.</summary>
/// <param name="queue">The queue.</param>
/// <param name="poison">Where messages go that failed too often; null for a poison queue, whose messages are tried until they succeed.</param>
/// <param name="settings">host.json's queue settings.</param>
/// <param name="run">Runs the function.</param>
/// <param name="fresh">Wakes the listener from a pause.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class QueueListener(
    QueueClient queue,
    PoisonQueue? poison,
    QueueSettings settings,
    Func<QueueMessage, CancellationToken, Task> run,
    FreshWork fresh,
    TimeProvider timeProvider,
    ILogger logger)
{
    private readonly PollingDelay _delay = new(QueueSettings.LeastPollingInterval, settings.MaxPollingInterval, Random.Shared);

    /// <summary>Listens until told to stop, then waits for the functions that still run.</summary>
    /// <param name="stopping">Ends the taking of messages.</param>
    /// <param name="canceled">Cancels the functions that still run; their messages return at once.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken canceled)
    {
        var running = new List<Task>();
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                running.RemoveAll(task => task.IsCompleted);
                if (running.Count > settings.Threshold)
                {
                    await Task.WhenAny(running).WaitAsync(stopping);
                    continue;
                }

                var signal = fresh.Next;
                var messages = await ReceiveAsync(stopping);
                running.AddRange(messages.Select(message => HandleAsync(message, canceled)));
                if (messages.Length > 0)
                    _delay.Reset();
                else
                    await WaitAsync(signal, running, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }

        await Task.WhenAll(running);
    }

    private async Task WaitAsync(Task signal, List<Task> running, CancellationToken stopping)
    {
        var delay = Task.Delay(_delay.Next(), timeProvider, stopping);
        // A function's end may mean that more is to come, as when it has queued a follow-up.
        await Task.WhenAny([delay, signal, .. running]).WaitAsync(stopping);
        if (signal.IsCompleted)
            _delay.Reset();
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            // Not canceled half-way: messages taken with nobody to hear of them would stay hidden for the whole lease.
            return await queue.ReceiveMessagesAsync(settings.BatchSize, settings.Lease, CancellationToken.None);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return await CreateAsync(stopping);
        }
        catch (Exception exception)
        {
            // Whatever it is, as an answer that is not the service's: a listener that ended would leave its queue to nobody.
            Log.ReceiveFailed(logger, exception, queue.Name);
            await Task.Delay(settings.MaxPollingInterval, timeProvider, stopping);
            return [];
        }
    }

    private async Task<QueueMessage[]> CreateAsync(CancellationToken stopping)
    {
        try
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.ReceiveFailed(logger, exception, queue.Name);
        }

        return [];
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken canceled)
    {
        await using var lease = new MessageLease(queue, message, settings.Lease, timeProvider, logger);
        try
        {
            // Beyond the maximum without a failure seen: its host died each time.
            if (poison is not null && message.DequeueCount > settings.MaxDequeueCount)
            {
                Log.DiedTooOften(logger, message.MessageId, queue.Name, message.DequeueCount);
                await PoisonAsync(poison, message, lease);
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(canceled, lease.Lost);
            await run(message, either.Token);
            await lease.DeleteAsync();
        }
        catch (Exception exception)
        {
            await FailAsync(message, lease, exception, canceled);
        }
    }

    private async Task FailAsync(QueueMessage message, MessageLease lease, Exception exception, CancellationToken canceled)
    {
        if (lease.Lost.IsCancellationRequested)
            return;

        if (canceled.IsCancellationRequested)
        {
            Log.Returned(logger, message.MessageId, queue.Name);
            await lease.ReturnAsync(TimeSpan.Zero);
        }
        else if (poison is null || message.DequeueCount < settings.MaxDequeueCount)
        {
            Log.Failed(logger, exception, message.MessageId, queue.Name, message.DequeueCount, settings.MaxDequeueCount);
            await lease.ReturnAsync(settings.VisibilityTimeout);
        }
        else
        {
            Log.FailedForGood(logger, exception, message.MessageId, queue.Name, message.DequeueCount);
            await PoisonAsync(poison, message, lease);
        }
    }

    private async Task PoisonAsync(PoisonQueue target, QueueMessage message, MessageLease lease)
    {
        try
        {
            await target.AddAsync(message.Body, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Not deleted before it is safe in the poison queue: it is seen again, beyond its maximum, and moved then.
            Log.PoisonFailed(logger, exception, message.MessageId, queue.Name);
            await lease.ReturnAsync(settings.VisibilityTimeout);
            return;
        }

        await lease.DeleteAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} can't be read; trying again.")]
        public static partial void ReceiveFailed(ILogger logger, Exception exception, string queue);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} failed, attempt {Attempt} of {Attempts}.")]
        public static partial void Failed(ILogger logger, Exception exception, string messageId, string queue, long attempt, int attempts);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of queue {Queue} failed in attempt {Attempt}, the last, and goes to the poison queue.")]
        public static partial void FailedForGood(ILogger logger, Exception exception, string messageId, string queue, long attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of queue {Queue} goes to the poison queue: it was taken {Count} times and its host ended each time.")]
        public static partial void DiedTooOften(ILogger logger, string messageId, string queue, long count);

        [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} returns to queue {Queue}, as the host stops.")]
        public static partial void Returned(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} could not be moved to the poison queue; trying again.")]
        public static partial void PoisonFailed(ILogger logger, Exception exception, string messageId, string queue);
    }
}

using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Outages;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Queues;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>
/// Completes messages as WebJobs does, and logs the result; but messages canceled by the host's stop become visible at once and are not
/// poisoned.
/// </summary>
internal sealed partial class MessageProcessor : QueueProcessor
{
    private readonly QueueClient _client;
    private readonly string _queue;
    private readonly int _attempts;
    private readonly Drain _drain;
    private readonly ILogger _logger;

    private MessageProcessor(QueueProcessorOptions options, Drain drain, ILogger logger)
        : base(options)
    {
        _client = options.Queue;
        _queue = options.Queue.Name;
        _attempts = options.Options.MaxDequeueCount;
        _drain = drain;
        _logger = logger;
    }

    protected override async Task CompleteProcessingMessageAsync(
        QueueMessage message, FunctionResult result, CancellationToken cancellationToken)
    {
        try
        {
            if (result.Succeeded || !_drain.Canceled.IsCancellationRequested)
            {
                if (!result.Succeeded)
                    LogFailure(message, result.Exception?.InnerException ?? result.Exception);
                await base.CompleteProcessingMessageAsync(message, result, cancellationToken);
                return;
            }

            await ReleaseMessageAsync(message, result, TimeSpan.Zero, cancellationToken);
            Log.Returned(_logger, message.MessageId, _queue);
        }
        catch (Exception exception)
        {
            // The message reappears when its lease expires, so nothing is lost by continuing. An exception would end the listener.
            Log.EndFailed(_logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, _queue, message.MessageId);
        }
    }

    private void LogFailure(QueueMessage message, Exception? exception) => Log.Failed(
        _logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, message.MessageId, _queue, message.DequeueCount, _attempts);

    // WebJobs wakes a queue's listener when notified of a message that was moved there, and offers no other way to do so.
    private void Wake() => _ = OnMessageAddedToPoisonQueueAsync(new PoisonMessageEventArgs(message: null!, _client));

    protected override async Task CopyMessageToPoisonQueueAsync(
        QueueMessage message, QueueClient poisonQueue, CancellationToken cancellationToken)
    {
        await base.CopyMessageToPoisonQueueAsync(message, poisonQueue, cancellationToken);
        Log.Poisoned(_logger, message.MessageId, _queue, message.DequeueCount);
    }

    /// <summary>Creates the processors.</summary>
    /// <param name="drain">Signals the host's stop.</param>
    /// <param name="logger">The log.</param>
    public sealed class Factory(Drain drain, ILogger logger) : IQueueProcessorFactory
    {
        private MessageProcessor? _latest;

        public QueueProcessor Create(QueueProcessorOptions queueProcessorOptions) =>
            _latest = new MessageProcessor(queueProcessorOptions, drain, logger);

        /// <summary>Makes the queue's listener poll at once.</summary>
        public void Wake() => _latest?.Wake();
    }

    private static partial class Log
    {
        [LoggerMessage(Message = "Message {MessageId} of queue {Queue} failed, attempt {Attempt} of {Attempts}.")]
        public static partial void Failed(
            ILogger logger, LogLevel level, Exception? exception, string messageId, string queue, long attempt, int attempts);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message =
                "Message {MessageId} of queue {Queue} goes to the poison queue: it was taken {Count} times, or is not in host.json's"
                    + " messageEncoding.")]
        public static partial void Poisoned(ILogger logger, string messageId, string queue, long count);

        [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} returns to queue {Queue}, as the host stops.")]
        public static partial void Returned(ILogger logger, string messageId, string queue);

        [LoggerMessage(Message = "Message {MessageId} of queue {Queue} could not be deleted or returned; it comes back by itself.")]
        public static partial void EndFailed(ILogger logger, LogLevel level, Exception exception, string queue, string messageId);
    }
}

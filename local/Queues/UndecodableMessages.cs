using Azure;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>Moves messages that are not in the queue's encoding to the poison queue, as they are: one of them would otherwise block the others for ever.</summary>
/// <param name="poison">The poison queue; null leaves such messages where they are.</param>
/// <param name="logger">The log.</param>
internal sealed partial class UndecodableMessages(PoisonQueue? poison, ILogger logger)
{
    public async Task MoveAsync(QueueMessageDecodingFailedEventArgs failed)
    {
        // Peeked messages can't be deleted, and are not looked at here.
        if (failed.ReceivedMessage is not { } message)
            return;

        if (poison is null)
        {
            Log.Left(logger, message.MessageId, failed.Queue.Name);
            return;
        }

        try
        {
            await poison.AddAsync(message.Body, failed.CancellationToken);
            await failed.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, failed.CancellationToken);
            Log.Moved(logger, message.MessageId, failed.Queue.Name);
        }
        catch (RequestFailedException exception)
        {
            Log.MoveFailed(logger, exception, message.MessageId, failed.Queue.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of queue {Queue} goes to the poison queue: it is not in host.json's messageEncoding.")]
        public static partial void Moved(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} of queue {Queue} is not in host.json's messageEncoding; it stays, as a poison queue has none of its own.")]
        public static partial void Left(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} can't be decoded, and could not be moved to the poison queue; trying again.")]
        public static partial void MoveFailed(ILogger logger, Exception exception, string messageId, string queue);
    }
}

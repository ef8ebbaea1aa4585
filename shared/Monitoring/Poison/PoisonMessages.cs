using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Queues.Models;
using ExportFunctions.Outages;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Monitoring.Poison;

/// <summary>The result of requeuing a poison message.</summary>
public enum ReplayOutcome
{
    /// <summary>It was requeued.</summary>
    Sent,

    /// <summary>There is no such message.</summary>
    NotFound,

    /// <summary>It does not have the form of the app's messages.</summary>
    Unreadable,
}

/// <summary>
/// Processes messages that failed too often: those with a handler that accepts them are handled; the rest are kept for the operator, who
/// requeues or drops them. No message is retried forever, and none is lost silently.
/// </summary>
/// <param name="store">The store of kept messages.</param>
/// <param name="account">The queues.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class PoisonMessages(PoisonStore store, StorageAccount account, TimeProvider time, ILogger<PoisonMessages> logger)
{
    // As host.json sets it for other messages.
    private const int MaxTries = 5;
    private const int MaxReceived = 32;
    private const string Suffix = "-poison";

    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private long? _forgotAt;

    /// <summary>Processes the messages in the poison queues, and removes those kept for longer than a quarter.</summary>
    /// <param name="queues">
    /// The queues, each with the handler for the messages in its poison queue: it returns false for a message of an unknown version.
    /// </param>
    /// <param name="cancellationToken">Stops the sweep; the next one continues.</param>
    public async Task SweepAsync(
        IReadOnlyDictionary<string, Func<BinaryData, CancellationToken, Task<bool>>> queues, CancellationToken cancellationToken)
    {
        foreach (var (name, takeUp) in queues)
        {
            var poison = account.TextQueues.GetQueueClient(name + Suffix);
            foreach (var message in (await poison.ReceiveMessagesAsync(MaxReceived, Hidden, cancellationToken)).Value)
            {
                if (await TryEndAsync(message, name, takeUp, cancellationToken))
                    await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            }
        }

        if (_forgotAt is { } last && time.GetElapsedTime(last) < PurgeInterval)
            return;

        _forgotAt = time.GetTimestamp();
        await store.SweepOlderThanAsync(time.GetUtcNow() - KeptFor, SweepAction.Remove, cancellationToken);
    }

    /// <summary>Requeues a message.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call; it may be sent anyway.</param>
    public async Task<ReplayOutcome> ReplayAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } message)
            return ReplayOutcome.NotFound;
        if (!message.IsReadable)
            return ReplayOutcome.Unreadable;

        // Send first: a crash in between sends it twice, which every handler tolerates.
        var queue = account.Queues.GetQueueClient(message.Queue);
        await queue.SendAsync(new BinaryData(message.Body), pause: null, cancellationToken);
        await store.RemoveAsync(id, CancellationToken.None);
        Log.Replayed(logger, id, message.Queue);
        return ReplayOutcome.Sent;
    }

    /// <summary>Handles or keeps a message; false when it is to be retried.</summary>
    private async Task<bool> TryEndAsync(
        QueueMessage message, string queue, Func<BinaryData, CancellationToken, Task<bool>> takeUp, CancellationToken cancellationToken)
    {
        if (!TryDecode(message.MessageText, out var body))
        {
            await KeepAsync(
                message, queue, message.MessageText, isReadable: false, "It is not Base64, as the app's messages are.", cancellationToken);
            return true;
        }

        var reason = "It is not a message of a known version.";
        try
        {
            if (await takeUp(body, cancellationToken))
                return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TakingUpFailed(
                logger,
                OutageFaults.LevelOf(exception, LogLevel.Error),
                exception,
                message.MessageId,
                queue,
                message.DequeueCount,
                MaxTries);
            if (message.DequeueCount < MaxTries)
                return false;
            reason = $"Taking it up failed {message.DequeueCount} times; the log has the details.";
        }

        await KeepAsync(message, queue, body.ToString(), isReadable: true, reason, cancellationToken);
        return true;
    }

    private static bool TryDecode(string text, out BinaryData body)
    {
        var bytes = new byte[text.Length];
        var isDecoded = Convert.TryFromBase64String(text, bytes, out var length);
        body = new BinaryData(bytes.AsMemory(0, length));
        return isDecoded;
    }

    private async Task KeepAsync(
        QueueMessage message, string queue, string body, bool isReadable, string reason, CancellationToken cancellationToken)
    {
        await store.PutAsync(
            new PoisonMessage(IdOf(message), queue, body, isReadable, reason, time.GetUtcNow().UtcDateTime), cancellationToken);
        Log.Kept(logger, message.MessageId, queue, reason);
    }

    /// <summary>
    /// An id from the time when the message entered the poison queue: newer ones come first in the table, and one that is kept twice has
    /// one row.
    /// </summary>
    private static Guid IdOf(QueueMessage message)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(message.InsertedOn ?? DateTimeOffset.UnixEpoch).TryWriteBytes(id, bigEndian: true, out _);
        SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId)).AsSpan(0, 8).CopyTo(id[8..]);
        (id[6], id[7]) = (0x70, 0);
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Poison message {MessageId} of queue {Queue} could not be taken up, try {Try} of {Tries}.")]
        public static partial void TakingUpFailed(
            ILogger logger, LogLevel level, Exception exception, string messageId, string queue, long @try, int tries);

        [LoggerMessage(2, LogLevel.Error, "Message {MessageId} of queue {Queue} is kept for the operator, at /api/v1/poison. {Reason}")]
        public static partial void Kept(ILogger logger, string messageId, string queue, string reason);

        [LoggerMessage(3, LogLevel.Information, "Poison message {Id} was sent to queue {Queue} again.")]
        public static partial void Replayed(ILogger logger, Guid id, string queue);
    }
}

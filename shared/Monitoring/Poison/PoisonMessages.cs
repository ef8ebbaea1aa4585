using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Queues.Models;
using ExportFunctions.Outages;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Monitoring.Poison;

/// <summary>What came of sending a poison message again.</summary>
public enum ReplayOutcome
{
    /// <summary>It is in its queue.</summary>
    Sent,

    /// <summary>There is no such message.</summary>
    NotFound,

    /// <summary>It is not in the form that the app's messages have.</summary>
    Unreadable,
}

/// <summary>
/// The end of messages that failed too often: what can be taken up is, and what can't be is kept for the operator, who sends it again or
/// drops it. None is tried for ever, and none is lost without a word.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="account">The queues.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class PoisonMessages(PoisonStore store, StorageAccount account, TimeProvider time, ILogger<PoisonMessages> logger)
{
    // As host.json has it for other messages.
    private const int MaxTries = 5;
    private const int MaxReceived = 32;
    private const string Suffix = "-poison";

    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private long? _forgotAt;

    /// <summary>Takes up what is in the poison queues; and forgets what was kept for a quarter.</summary>
    /// <param name="queues">
    /// The queues that messages are sent to, and what takes up the messages of their poison queues: false when one is not of a known
    /// version.
    /// </param>
    /// <param name="cancellationToken">Stops the sweep; the next one goes on.</param>
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

    /// <summary>Sends a message to its queue again.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call; it may be sent all the same.</param>
    public async Task<ReplayOutcome> ReplayAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } message)
            return ReplayOutcome.NotFound;
        if (!message.IsReadable)
            return ReplayOutcome.Unreadable;

        // Sent first: a crash in between sends it twice, which every message bears.
        var queue = account.Queues.GetQueueClient(message.Queue);
        await queue.SendAsync(new BinaryData(message.Body), pause: null, cancellationToken);
        await store.RemoveAsync(id, CancellationToken.None);
        Log.Replayed(logger, id, message.Queue);
        return ReplayOutcome.Sent;
    }

    /// <summary>Takes up or keeps a message; false when it is to be tried again.</summary>
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
    /// An id of when the message came into the poison queue: newer ones come first in the table, and one that is kept twice is one.
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

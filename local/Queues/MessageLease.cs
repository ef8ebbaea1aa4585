using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Queues;

/// <summary>Keeps a message hidden while its function runs, and ends it one way or the other.</summary>
internal sealed partial class MessageLease : IAsyncDisposable
{
    // The last words to the queue, when the host may be stopping already.
    private static readonly TimeSpan LastWordsTimeout = TimeSpan.FromSeconds(10);

    private readonly QueueClient _queue;
    private readonly string _messageId;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewal;
    private string _popReceipt;

    /// <summary>Begins to renew.</summary>
    /// <param name="queue">The message's queue.</param>
    /// <param name="message">The message as it was taken.</param>
    /// <param name="duration">How long it was hidden, and is hidden by each renewal.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The log.</param>
    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider timeProvider, ILogger logger)
    {
        _queue = queue;
        _messageId = message.MessageId;
        _popReceipt = message.PopReceipt;
        _duration = duration;
        _timeProvider = timeProvider;
        _logger = logger;
        _renewal = RenewAsync();
    }

    /// <summary>Canceled when another listener has the message.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the message off the queue.</summary>
    public Task DeleteAsync() =>
        EndAsync(cancellationToken => _queue.DeleteMessageAsync(_messageId, _popReceipt, cancellationToken));

    /// <summary>Returns the message, to be seen after a delay.</summary>
    /// <param name="delay">How long it stays hidden.</param>
    public Task ReturnAsync(TimeSpan delay) =>
        EndAsync(cancellationToken => _queue.UpdateMessageAsync(_messageId, _popReceipt, visibilityTimeout: delay, cancellationToken: cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewal;
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task EndAsync(Func<CancellationToken, Task> end)
    {
        await _ended.CancelAsync();
        await _renewal;
        if (Lost.IsCancellationRequested)
            return;

        using var timeout = new CancellationTokenSource(LastWordsTimeout, _timeProvider);
        try
        {
            await end(timeout.Token);
        }
        catch (RequestFailedException exception) when (IsLost(exception))
        {
            Log.Lost(_logger, _queue.Name, _messageId);
        }
        catch (Exception exception)
        {
            // The message comes back when its time is up, so that nothing is lost by going on.
            Log.EndFailed(_logger, exception, _queue.Name, _messageId);
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_duration / 2, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                await RenewOnceAsync();
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The function has ended.
        }
    }

    private async Task RenewOnceAsync()
    {
        try
        {
            // Not canceled with the function's end: the answer holds the receipt that ending the message needs.
            var renewed = await _queue.UpdateMessageAsync(_messageId, _popReceipt, visibilityTimeout: _duration, cancellationToken: CancellationToken.None);
            _popReceipt = renewed.Value.PopReceipt;
        }
        catch (RequestFailedException exception) when (IsLost(exception))
        {
            Log.Lost(_logger, _queue.Name, _messageId);
            await _lost.CancelAsync();
            await _ended.CancelAsync();
        }
        catch (Exception exception)
        {
            // The next tick tries again; the message is hidden for as long again.
            Log.RenewalFailed(_logger, exception, _queue.Name, _messageId);
        }
    }

    /// <summary>Another listener took the message, or it is gone: 404, or 400 for a receipt that is no longer valid.</summary>
    private static bool IsLost(RequestFailedException exception) => exception.Status is 404 or 400;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} is no longer this host's: another took it, or it is gone.")]
        public static partial void Lost(ILogger logger, string queue, string messageId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} could not be kept hidden; trying again.")]
        public static partial void RenewalFailed(ILogger logger, Exception exception, string queue, string messageId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} could not be deleted or returned; it comes back by itself.")]
        public static partial void EndFailed(ILogger logger, Exception exception, string queue, string messageId);
    }
}

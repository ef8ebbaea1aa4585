using System.Globalization;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// Sends notifications from their messages. A delivery is claimed, sent, then recorded: if the host dies in between, it is sent once more
/// under the same id.
/// </summary>
public sealed partial class DeliverySending
{
    private readonly IDeliveryStore _deliveries;
    private readonly IDeliveryQueue _queue;
    private readonly Dictionary<NotificationChannel, IDeliveryChannel> _channels;
    private readonly DeliveryClaims _claims;
    private readonly DeliverySlots _slots;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliverySending> _logger;

    internal DeliverySending(
        IDeliveryStore deliveries,
        IDeliveryQueue queue,
        IEnumerable<IDeliveryChannel> channels,
        DeliverySlots slots,
        TimeProvider time,
        ILogger<DeliverySending> logger)
    {
        _deliveries = deliveries;
        _queue = queue;
        _channels = channels.ToDictionary(channel => channel.Channel);
        _claims = new DeliveryClaims(deliveries, queue, time, logger);
        _slots = slots;
        _time = time;
        _logger = logger;
    }

    /// <summary>Makes one attempt at a delivery.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The host's shutdown.</param>
    public async Task ProcessAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        if (await FindDueAsync(message, cancellationToken) is not { } found)
            return;

        using var slot = await _slots.TakeAsync(_channels[found.Channel].TargetOf(found), cancellationToken);
        if (slot is null)
        {
            await _queue.SendAsync(found.Channel, message, DeliverySlots.BusyPause(), cancellationToken);
            return;
        }

        var claimed = await _claims.ClaimAsync(
            message, found, () => FindDueAsync(message, cancellationToken), MaxDurationOf(found), cancellationToken);
        if (claimed is not { } delivery)
            return;

        DeliveryAnswer answer;
        try
        {
            answer = await TryAsync(delivery, cancellationToken);
        }
        catch
        {
            await _claims.ReleaseAsync(delivery);
            throw;
        }

        var attempts = delivery.Attempts + (answer.Outcome == DeliveryOutcome.NotNow ? 0 : 1);
        await RecordOutcomeAsync(
            delivery with { Attempts = attempts, LastAnswer = answer.Text, IsAdmitted = true }, answer, cancellationToken);
    }

    /// <summary>Gives up a delivery whose message failed too often.</summary>
    /// <param name="message">The message, from the poison queue.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    public async Task GiveUpAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        if (await FindDueAsync(message, cancellationToken) is { } delivery
            && !DeliveryClaims.IsHeld(delivery, MaxDurationOf(delivery)))
            await EndAsync(
                delivery with { LastAnswer = "It failed too often; the log says why." }, DeliveryState.Failed, cancellationToken);
    }

    /// <summary>Resends a delivery that is final, or makes one that is waiting due at once, on request.</summary>
    /// <param name="id">The delivery's id.</param>
    /// <returns>The delivery, pending again; unchanged while an attempt is running; null when there is none.</returns>
    public async Task<Delivery?> ReplayAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await _deliveries.FindAsync(id, cancellationToken) is { } delivery)
        {
            if (delivery.State == DeliveryState.Pending && DeliveryClaims.IsHeld(delivery, MaxDurationOf(delivery)))
                return delivery;

            var now = _time.GetUtcNow();
            var pending = delivery with
            {
                State = DeliveryState.Pending,
                Attempts = 0,
                NextAttemptAt = now,
                FinishedAt = null,
                ResentAt = now,
                Claim = null,
                IsAdmitted = false
            };
            if (await _deliveries.TryUpdateAsync(pending, cancellationToken) is not { } stored)
                continue;

            await _queue.SendAsync(stored.Channel, DeliveryMessage.For(stored), TimeSpan.Zero, CancellationToken.None);
            return stored;
        }

        return null;
    }

    /// <summary>
    /// The delivery of a message; null when there is none or it can't be read: the message would otherwise come back forever.
    /// </summary>
    private async Task<Delivery?> FindAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await _deliveries.FindAsync(message.DeliveryId, cancellationToken);
        }
        catch (UnreadableRecordException exception)
        {
            Log.Unreadable(_logger, exception, message.DeliveryId);
            return null;
        }
    }

    /// <summary>The delivery of a message, if there is work left: it is pending and the message is not out of date.</summary>
    private async Task<Delivery?> FindDueAsync(DeliveryMessage message, CancellationToken cancellationToken) =>
        await FindAsync(
            message, cancellationToken) is { State: DeliveryState.Pending } delivery && message.IsFor(delivery) ? delivery : null;

    private TimeSpan MaxDurationOf(Delivery delivery) => _channels[delivery.Channel].MaxDuration;

    /// <summary>Makes one attempt, with one deadline for all of it.</summary>
    private async Task<DeliveryAnswer> TryAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var channel = _channels[delivery.Channel];
        using var deadline = new CancellationTokenSource(channel.MaxDuration, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await channel.SendAsync(delivery, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var seconds = channel.MaxDuration.TotalSeconds;
            return new DeliveryAnswer(
                DeliveryOutcome.TryLater, string.Create(CultureInfo.InvariantCulture, $"The try did not end within {seconds:0.#} s."));
        }
    }

    private async Task RecordOutcomeAsync(Delivery delivery, DeliveryAnswer answer, CancellationToken cancellationToken)
    {
        if (PauseAfter(delivery, answer) is not { } pause)
        {
            await EndAsync(
                delivery, answer.Outcome == DeliveryOutcome.Accepted ? DeliveryState.Delivered : DeliveryState.Failed, cancellationToken);
            return;
        }

        if (answer.Outcome == DeliveryOutcome.TryLater)
            Log.WillRetry(
                _logger,
                answer.IsOutage ? LogLevel.Debug : LogLevel.Warning,
                delivery.Id,
                delivery.Event.Name(),
                delivery.Attempts,
                answer.Text);

        // Send the message first: if the host dies in between, there is one too many rather than one too few.
        await _queue.SendAsync(delivery.Channel, DeliveryMessage.For(delivery), pause, cancellationToken);
        await _deliveries.TryUpdateAsync(delivery with { NextAttemptAt = _time.GetUtcNow() + pause, Claim = null }, cancellationToken);
    }

    /// <summary>How long to wait; null when there are no further attempts.</summary>
    private TimeSpan? PauseAfter(Delivery delivery, DeliveryAnswer answer) => answer.Outcome switch
    {
        DeliveryOutcome.NotNow => answer.RetryAfter ?? TimeSpan.Zero,
        DeliveryOutcome.TryLater when _channels[delivery.Channel].PauseAfter(delivery.Attempts) is { } planned =>
            answer.RetryAfter is { } asked && asked > planned ? asked : planned,
        _ => null,
    };

    private async Task EndAsync(Delivery delivery, DeliveryState state, CancellationToken cancellationToken)
    {
        var ended = delivery with { State = state, NextAttemptAt = null, FinishedAt = _time.GetUtcNow(), Claim = null };
        if (await _deliveries.TryUpdateAsync(ended, cancellationToken) is null)
            return;

        if (state == DeliveryState.Delivered)
            Log.Delivered(_logger, ended.Id, ended.Event.Name(), ended.Attempts);
        else
            Log.Failed(_logger, ended.Id, ended.Event.Name(), ended.Attempts, ended.LastAnswer ?? "");
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Error, "The record of delivery {DeliveryId} can't be read; nothing is sent.")]
        public static partial void Unreadable(ILogger logger, Exception exception, Guid deliveryId);

        [LoggerMessage(1, LogLevel.Information, "Delivery {DeliveryId} of {Event} was taken, attempt {Attempt}.")]
        public static partial void Delivered(ILogger logger, Guid deliveryId, string @event, int attempt);

        [LoggerMessage(EventId = 2, Message = "Delivery {DeliveryId} of {Event} is tried again after attempt {Attempt}: {Answer}")]
        public static partial void WillRetry(ILogger logger, LogLevel level, Guid deliveryId, string @event, int attempt, string answer);

        [LoggerMessage(3, LogLevel.Error, "Delivery {DeliveryId} of {Event} failed, attempt {Attempt}: {Answer}")]
        public static partial void Failed(ILogger logger, Guid deliveryId, string @event, int attempt, string answer);
    }
}

using ExportFunctions.Notifications.Receivers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// Finds due deliveries with no message that a host could process: it was never sent, or a dead host holds it. Each is sent a new message,
/// which replaces the old one. Deliveries that a live worker is attempting are left alone.
/// </summary>
public sealed partial class DueDeliveries
{
    private const int AtOnce = 500;

    // Attempts span three days, unless a receiver asks for longer pauses. Older deliveries are covered by the sweep of all of them.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(4);

    // The pause between two messages doubles up to this one.
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    private readonly IDeliveryStore _deliveries;
    private readonly IDeliveryQueue _queue;
    private readonly Dictionary<NotificationChannel, TimeSpan> _maxTimes;
    private readonly TimeSpan _resendAfter;
    private readonly TimeProvider _time;
    private readonly ILogger<DueDeliveries> _logger;
    private long? _lookedAt;

    internal DueDeliveries(
        IDeliveryStore deliveries,
        IDeliveryQueue queue,
        IEnumerable<IDeliveryChannel> channels,
        IOptions<NotificationOptions> options,
        TimeProvider time,
        ILogger<DueDeliveries> logger)
    {
        _deliveries = deliveries;
        _queue = queue;
        _maxTimes = channels.ToDictionary(channel => channel.Channel, channel => channel.MaxDuration);
        _resendAfter = options.Value.ResendAfter;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Checks the pending deliveries of the last days, unless this host did so a moment ago: the timer may fire more often than the check
    /// is worth.
    /// </summary>
    /// <param name="cancellationToken">Stops the sweep; the next one continues.</param>
    /// <returns>The number of deliveries for which a message was sent.</returns>
    public async Task<int> ResendRecentAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } lookedAt && _time.GetElapsedTime(lookedAt) < _resendAfter / 2)
            return 0;

        _lookedAt = _time.GetTimestamp();
        return await ResendAsync(_time.GetUtcNow() - Recent, cancellationToken);
    }

    /// <summary>Checks every pending delivery.</summary>
    /// <param name="cancellationToken">Stops the sweep; the next one continues.</param>
    /// <returns>The number of deliveries for which a message was sent.</returns>
    public Task<int> ResendAllAsync(CancellationToken cancellationToken) => ResendAsync(since: null, cancellationToken);

    private async Task<int> ResendAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        // Read before the deliveries: those completed in the meantime need no message.
        var messages = new Dictionary<NotificationChannel, int>();
        foreach (var channel in _maxTimes.Keys)
            messages[channel] = await _queue.CountAsync(channel, cancellationToken);

        var resent = 0;
        foreach (var pending in (await FindAsync(since, cancellationToken)).GroupBy(delivery => delivery.Channel))
        {
            // With at least one message per pending delivery none was lost, and while one is visible the deliveries are just queued;
            // messages that hosts hand to each other are hidden for seconds.
            var overdue = pending.Where(IsOverdue).ToList();
            if (overdue.Count > 0
                && (messages[pending.Key] < pending.Count() || !await _queue.HasVisibleAsync(pending.Key, cancellationToken)))
                resent += await ResendAsync(overdue, cancellationToken);
        }

        if (resent > 0)
            Log.Resent(_logger, resent);
        return resent;
    }

    /// <summary>The pending deliveries whose records have not changed for a while.</summary>
    private async Task<List<Delivery>> FindAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var pending = new List<Delivery>();
        var query = new DeliveryQuery { State = DeliveryState.Pending, Since = since, PageSize = AtOnce };
        do
        {
            var page = await _deliveries.ListAsync(query, cancellationToken);
            pending.AddRange(page.Deliveries.Where(delivery => delivery.Age >= _resendAfter));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        return pending;
    }

    private bool IsOverdue(Delivery delivery)
    {
        if (DeliveryClaims.IsHeld(delivery, _maxTimes[delivery.Channel]))
            return false;

        var due = delivery.NextAttemptAt ?? delivery.CreatedAt;
        var sent = delivery.ResentAt is { } resent && resent > due ? resent : due;
        var pause = TimeSpan.FromTicks(Math.Clamp((sent - due).Ticks, _resendAfter.Ticks, MaxPause.Ticks));
        return _time.GetUtcNow() - sent >= pause;
    }

    private async Task<int> ResendAsync(List<Delivery> overdue, CancellationToken cancellationToken)
    {
        var resent = 0;
        foreach (var delivery in overdue)
        {
            // A delivery that changed since is not lost. An expired claim is removed: it would otherwise hold the delivery again.
            var replaced = delivery with { ResentAt = _time.GetUtcNow(), Claim = null };
            if (await _deliveries.TryUpdateAsync(replaced, cancellationToken) is null)
                continue;

            await _queue.SendAsync(delivery.Channel, DeliveryMessage.For(replaced), TimeSpan.Zero, cancellationToken);
            resent++;
        }

        return resent;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} deliveries were due and had no message to be taken; they are sent one.")]
        public static partial void Resent(ILogger logger, int count);
    }
}

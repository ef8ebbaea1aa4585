using Microsoft.Extensions.Logging;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Finds deliveries that are due and have no message any more, and sends them one. A message too many does no harm.</summary>
public sealed partial class DueDeliveries
{
    private const int AtOnce = 500;

    // A message that a dead host has taken is hidden for ten minutes at most.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private readonly IDeliveryStore _deliveries;
    private readonly IDeliveryQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger<DueDeliveries> _logger;

    internal DueDeliveries(IDeliveryStore deliveries, IDeliveryQueue queue, TimeProvider time, ILogger<DueDeliveries> logger)
    {
        _deliveries = deliveries;
        _queue = queue;
        _time = time;
        _logger = logger;
    }

    /// <summary>Looks at every pending delivery once.</summary>
    /// <param name="cancellationToken">Stops the sweep; the next one goes on.</param>
    /// <returns>The number of deliveries that were sent a message.</returns>
    public async Task<int> ResendAsync(CancellationToken cancellationToken)
    {
        var pending = 0;
        var overdue = new List<Delivery>();
        var query = new DeliveryQuery { State = DeliveryState.Pending, PageSize = AtOnce };
        do
        {
            var page = await _deliveries.ListAsync(query, cancellationToken);
            pending += page.Deliveries.Count;
            overdue.AddRange(page.Deliveries.Where(IsOverdue));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        // With a message for every pending delivery none is lost: they wait their turn.
        return overdue.Count > 0 && await _queue.CountAsync(cancellationToken) < pending
            ? await ResendAsync(overdue, cancellationToken)
            : 0;
    }

    private async Task<int> ResendAsync(List<Delivery> overdue, CancellationToken cancellationToken)
    {
        var resent = 0;
        foreach (var delivery in overdue)
        {
            // One that changed since is not lost.
            if (await _deliveries.TryUpdateAsync(delivery with { ResentAt = _time.GetUtcNow() }, cancellationToken) is null)
                continue;

            await _queue.SendAsync(
                delivery.Channel, new DeliveryMessage(delivery.Id, Attempts: delivery.Attempts), TimeSpan.Zero, cancellationToken);
            Log.Resent(_logger, delivery.Id);
            resent++;
        }

        return resent;
    }

    private bool IsOverdue(Delivery delivery)
    {
        var due = delivery.NextAttemptAt ?? delivery.CreatedAt;
        return (delivery.ResentAt is { } resent && resent > due ? resent : due) < _time.GetUtcNow() - Grace;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Delivery {DeliveryId} is due and has no message; one is sent.")]
        public static partial void Resent(ILogger logger, Guid deliveryId);
    }
}

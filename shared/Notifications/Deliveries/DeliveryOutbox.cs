using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Records who is to hear of something, then sends the messages. Safe to repeat until it is through: each receiver has one record.</summary>
internal sealed class DeliveryOutbox(IDeliveryStore deliveries, IDeliveryQueue queue, IOptions<NotificationOptions> options, TimeProvider time)
{
    /// <summary>Records and sends.</summary>
    /// <param name="notificationEvent">What happened.</param>
    /// <param name="subject">What it happened to: the export's or schedule's id.</param>
    /// <param name="happenedAt">When it happened: the same each time this is repeated.</param>
    /// <param name="receivers">The addresses.</param>
    /// <param name="draft">The delivery without its receiver.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated.</param>
    public async Task TellAsync(
        NotificationEvent notificationEvent, Guid subject, DateTimeOffset happenedAt, IEnumerable<string> receivers, DeliveryDraft draft, CancellationToken cancellationToken)
    {
        if (!options.Value.EmailEnabled)
            return;

        foreach (var to in receivers.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var delivery = new Delivery
            {
                Id = DeliveryId.Of(notificationEvent, subject.ToString("N"), to, happenedAt),
                Event = notificationEvent,
                To = to,
                State = DeliveryState.Pending,
                ExportId = draft.ExportId,
                ScheduleId = draft.ScheduleId,
                Values = draft.Values,
                CreatedAt = time.GetUtcNow(),
            };

            // One that is there already may lack its message: the host died in between. A message too many does no harm.
            if (await deliveries.TryAddAsync(delivery, cancellationToken) || await IsUntriedAsync(delivery.Id, cancellationToken))
                await queue.SendAsync(new DeliveryMessage(delivery.Id), TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task<bool> IsUntriedAsync(Guid id, CancellationToken cancellationToken) =>
        await deliveries.FindAsync(id, cancellationToken) is { State: DeliveryState.Pending, Attempts: 0 };
}

/// <summary>A delivery without its receiver.</summary>
/// <param name="ExportId">The export it is about.</param>
/// <param name="ScheduleId">The schedule it is about.</param>
/// <param name="Values">What the templates may say, by name.</param>
internal sealed record DeliveryDraft(Guid? ExportId, Guid? ScheduleId, IReadOnlyDictionary<string, string> Values);

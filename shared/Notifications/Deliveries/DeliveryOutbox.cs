using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// Records the deliveries of an event, then sends their messages. Safe to repeat until complete: each receiver has one record.
/// </summary>
internal sealed class DeliveryOutbox(
    IDeliveryStore deliveries,
    IDeliveryQueue queue,
    IEnumerable<IDeliveryChannel> channels,
    IEnumerable<IReceiverSource> sources,
    TimeProvider time)
{
    private readonly HashSet<NotificationChannel> _enabled =
        [.. channels.Where(channel => channel.IsEnabled).Select(channel => channel.Channel)];
    private readonly IReceiverSource[] _sources = [.. sources];

    /// <summary>Whether anything is sent at all.</summary>
    public bool IsOpen => _enabled.Count > 0;

    /// <summary>
    /// The receivers of an event: those named for it and those subscribed to it, each once, and only those on channels that are enabled.
    /// </summary>
    /// <param name="happening">What happened.</param>
    /// <param name="addresses">The e-mail addresses named for it.</param>
    public async Task<IReadOnlyList<Receiver>> FindReceiversAsync(
        Happening happening, IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        if (!IsOpen)
            return [];

        var receivers = addresses.Select(Receiver.Mail).ToList();
        foreach (var source in _sources)
            receivers.AddRange(await source.FindAsync(happening, cancellationToken));
        return [.. receivers.Where(
            receiver => _enabled.Contains(receiver.Channel)).DistinctBy(receiver => receiver.Key, StringComparer.Ordinal)];
    }

    /// <summary>Records and sends.</summary>
    /// <param name="draft">The delivery without its receiver.</param>
    /// <param name="receivers">The receivers.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated.</param>
    public async Task TellAsync(DeliveryDraft draft, IEnumerable<Receiver> receivers, CancellationToken cancellationToken)
    {
        foreach (var receiver in receivers)
        {
            var delivery = new Delivery
            {
                Id = DeliveryId.Of(draft.Event, draft.Subject, receiver, draft.HappenedAt),
                Event = draft.Event,
                Channel = receiver.Channel,
                To = receiver.To,
                WebhookId = receiver.WebhookId,
                State = DeliveryState.Pending,
                ExportId = draft.ExportId,
                ScheduleId = draft.ScheduleId,
                Values = draft.Values,
                CreatedAt = time.GetUtcNow(),
            };

            // An existing record may lack its message: the host may have died in between. A duplicate message does no harm.
            if (await deliveries.TryAddAsync(delivery, cancellationToken) || await IsUntriedAsync(delivery.Id, cancellationToken))
                await queue.SendAsync(delivery.Channel, new DeliveryMessage(delivery.Id, Attempts: 0), TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task<bool> IsUntriedAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await deliveries.FindAsync(id, cancellationToken) is { State: DeliveryState.Pending, Attempts: 0 };
        }
        catch (UnreadableRecordException)
        {
            // The record exists but can't be read, so it can't be sent; the other receivers must still be notified.
            return false;
        }
    }
}

/// <summary>A delivery without its receiver.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Subject">What it happened to: an id, or anything else that distinguishes it from other events of its kind.</param>
/// <param name="HappenedAt">When it happened: the same on every repeat.</param>
/// <param name="Values">The values available to templates, by name.</param>
internal sealed record DeliveryDraft(
    NotificationEvent Event, string Subject, DateTimeOffset HappenedAt, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The export it is about.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>The schedule it is about.</summary>
    public Guid? ScheduleId { get; init; }
}

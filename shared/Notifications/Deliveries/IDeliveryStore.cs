using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Stores deliveries. Every change is compare-and-set on the record's ETag.</summary>
public interface IDeliveryStore
{
    /// <summary>Adds a delivery; false when the id exists already.</summary>
    /// <param name="delivery">The delivery.</param>
    Task<bool> TryAddAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Reads a delivery; null when there is none.</summary>
    /// <param name="id">The delivery's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Stores a changed delivery, if it has not been changed since it was read.</summary>
    /// <param name="delivery">The changed copy, with the ETag it was read with.</param>
    /// <returns>The delivery with its new ETag; null when another change came first or it no longer exists.</returns>
    Task<Delivery?> TryUpdateAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>One page of deliveries, newest first.</summary>
    /// <param name="query">Filters and page.</param>
    Task<DeliveryPage> ListAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>Sweeps deliveries of events before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">The action to take on them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of deliveries.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken);
}

/// <summary>Which deliveries to list.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Only deliveries of this event.</summary>
    public NotificationEvent? Event { get; init; }

    /// <summary>Only deliveries in this state.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>Only deliveries about this export.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>Only deliveries of events on the day of this instant (UTC) or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only deliveries to this webhook.</summary>
    public Guid? WebhookId { get; init; }

    /// <summary>Page size, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The previous page's continuation token; null for the first page.</summary>
    public string? ContinuationToken { get; init; }
}

/// <summary>One page of deliveries.</summary>
/// <param name="Deliveries">The deliveries, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record DeliveryPage(RecordList<Delivery> Deliveries, string? ContinuationToken);

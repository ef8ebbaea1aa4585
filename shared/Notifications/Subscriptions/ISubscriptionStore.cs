using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Stores subscriptions. Every change is compare-and-set on the ETag.</summary>
public interface ISubscriptionStore
{
    /// <summary>Adds a subscription if there is room; the limit holds even under concurrent writes.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="hasRoom">Whether there is room, given the existing subscriptions.</param>
    /// <returns>The subscription with its ETag; null when there is no room.</returns>
    Task<Subscription?> TryAddAsync(
        Subscription subscription, Func<RecordList<Subscription>, bool> hasRoom, CancellationToken cancellationToken);

    /// <summary>Stores a changed subscription, if it has not been changed since it was read and there is room.</summary>
    /// <param name="subscription">The changed copy, with the ETag it was read with.</param>
    /// <param name="hasRoom">Whether there is room, given the existing subscriptions.</param>
    /// <returns>
    /// The subscription with its new ETag, null when another change came first or it no longer exists; and whether there was room.
    /// </returns>
    Task<(Subscription? Subscription, bool HasRoom)> TryUpdateAsync(
        Subscription subscription, Func<RecordList<Subscription>, bool> hasRoom, CancellationToken cancellationToken);

    /// <summary>Reads a subscription; null when there is none.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<Subscription?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All subscriptions, newest first.</summary>
    Task<RecordList<Subscription>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes a subscription; false when it no longer exists or was changed since it was read.</summary>
    /// <param name="subscription">The subscription, with the ETag it was read with.</param>
    Task<bool> TryDeleteAsync(Subscription subscription, CancellationToken cancellationToken);

    /// <summary>Removes a subscription whose record can't be read.</summary>
    /// <param name="id">The subscription's id.</param>
    Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken);
}

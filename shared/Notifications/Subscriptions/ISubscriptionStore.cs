using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Keeps subscriptions.</summary>
public interface ISubscriptionStore
{
    /// <summary>Adds a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task AddAsync(Subscription subscription, CancellationToken cancellationToken);

    /// <summary>Stores a subscription over one that is there; false when there is none.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> TryReplaceAsync(Subscription subscription, CancellationToken cancellationToken);

    /// <summary>Reads a subscription; null when there is none.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<Subscription?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All subscriptions, the newest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<RecordList<Subscription>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes a subscription; false when there is none.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}

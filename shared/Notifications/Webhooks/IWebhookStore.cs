using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>
/// Stores webhooks, and since when they have been failing. Every change of a webhook is compare-and-set on its ETag; its failure state is
/// stored separately, so that a call never conflicts with its owner's change.
/// </summary>
public interface IWebhookStore
{
    /// <summary>Adds a webhook, unless the limit is reached; the limit holds even under concurrent adds.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="max">The limit.</param>
    /// <returns>The webhook with its ETag; null when there is no room.</returns>
    Task<Webhook?> TryAddAsync(Webhook webhook, int max, CancellationToken cancellationToken);

    /// <summary>Reads a webhook; null when there is none.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<Webhook?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All webhooks, newest first; there are at most <see cref="WebhookChanges.MaxWebhooks"/>.</summary>
    Task<RecordList<Webhook>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a changed webhook, if it has not been changed since it was read.</summary>
    /// <param name="webhook">The changed copy, with the ETag it was read with.</param>
    /// <returns>The webhook with its new ETag; null when another change came first or it no longer exists.</returns>
    Task<Webhook?> TryUpdateAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Removes a webhook; false when it no longer exists or was changed since it was read.</summary>
    /// <param name="webhook">The webhook, with the ETag it was read with.</param>
    Task<bool> TryDeleteAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Removes a webhook whose record can't be read.</summary>
    /// <param name="id">The webhook's id.</param>
    Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>For how long from now nothing may be sent to a webhook, by the storage's clock; zero when there is no such pause.</summary>
    /// <param name="id">The webhook's id.</param>
    Task<TimeSpan> FindHoldAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Records that no host may send anything to a webhook for a while.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="duration">How long from now.</param>
    Task HoldAsync(Guid id, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Since when a webhook has been failing; null when it has not.</summary>
    /// <param name="id">The webhook's id.</param>
    Task<DateTimeOffset?> FindFailingSinceAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Records since when a webhook has been failing.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="since">The instant; null when it works.</param>
    Task SetFailingSinceAsync(Guid id, DateTimeOffset? since, CancellationToken cancellationToken);
}

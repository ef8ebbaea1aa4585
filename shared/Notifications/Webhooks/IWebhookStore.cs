using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>
/// Keeps webhooks, and since when they fail. Every change of a webhook is compare-and-set on its ETag; how it fares is kept beside it, so
/// that a call never stands in its owner's way.
/// </summary>
public interface IWebhookStore
{
    /// <summary>Adds a webhook, unless there are as many as may be; that holds however many are added at once.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="max">The most there may be.</param>
    /// <returns>The webhook with its ETag; null when there is no room.</returns>
    Task<Webhook?> TryAddAsync(Webhook webhook, int max, CancellationToken cancellationToken);

    /// <summary>Reads a webhook; null when there is none.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<Webhook?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All webhooks, newest first; there are at most <see cref="WebhookChanges.MaxWebhooks"/>.</summary>
    Task<RecordList<Webhook>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a changed webhook, if nobody changed it since it was read.</summary>
    /// <param name="webhook">The changed copy, with the ETag it was read with.</param>
    /// <returns>The webhook with its new ETag; null when another change came first or it is gone.</returns>
    Task<Webhook?> TryUpdateAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Removes a webhook; false when it is gone or changed since it was read.</summary>
    /// <param name="webhook">The webhook, with the ETag it was read with.</param>
    Task<bool> TryDeleteAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Removes a webhook whose record can't be read.</summary>
    /// <param name="id">The webhook's id.</param>
    Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>How long from now nothing may be sent to a webhook, by the storage's clock; zero when anything may.</summary>
    /// <param name="id">The webhook's id.</param>
    Task<TimeSpan> FindHoldAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Writes down that nothing may be sent to a webhook for a while, on any host.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="duration">How long from now.</param>
    Task HoldAsync(Guid id, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Since when a webhook fails; null when it does not.</summary>
    /// <param name="id">The webhook's id.</param>
    Task<DateTimeOffset?> FindFailingSinceAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Writes down since when a webhook fails.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="since">The instant; null when it works.</param>
    Task SetFailingSinceAsync(Guid id, DateTimeOffset? since, CancellationToken cancellationToken);
}

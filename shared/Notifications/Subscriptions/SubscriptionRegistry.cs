using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>
/// Creates, changes and removes subscriptions, and lists the enabled ones. A change takes effect at once on the host that made it, on
/// others within half a minute.
/// </summary>
public sealed class SubscriptionRegistry(ISubscriptionStore store, TimeProvider time) : IReceiverSource
{
    /// <summary>The limit of subscriptions: all of them are evaluated for each event.</summary>
    public const int MaxSubscriptions = 100;

    /// <summary>The limit of addresses over all subscriptions, each counted once: the most mails that one event can cause.</summary>
    public const int MaxSubscribers = 200;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly SharedResult<IReadOnlyList<Subscription>> _inForce = new(time, MaxAge, async () =>
        [.. (await store.ListAsync(CancellationToken.None)).Where(subscription => subscription.Enabled)]);

    /// <summary>Creates a subscription.</summary>
    /// <param name="request">The requested subscription.</param>
    /// <param name="cancellationToken">Cancels the call; the subscription may exist anyway.</param>
    /// <returns>The subscription; null when the limit of subscriptions or addresses is reached.</returns>
    public async Task<Subscription?> CreateAsync(SubscriptionRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var subscription = Of(request, Guid.CreateVersion7(now), now.UtcDateTime, now.UtcDateTime);
        var stored = await store.TryAddAsync(subscription, others => HasRoom(subscription, others), cancellationToken);
        _inForce.Invalidate();
        return stored;
    }

    /// <summary>Replaces a subscription.</summary>
    /// <param name="subscription">The subscription, as its owner saw it.</param>
    /// <param name="request">The requested subscription.</param>
    /// <returns>
    /// The subscription, null when another change came first or it no longer exists; and whether there was room for its addresses.
    /// </returns>
    public async Task<(Subscription? Subscription, bool HasRoom)> ReplaceAsync(
        Subscription subscription, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        var next = Of(request, subscription.Id, subscription.CreatedAt, time.GetUtcNow().UtcDateTime) with { ETag = subscription.ETag };
        var replaced = await store.TryUpdateAsync(next, others => HasRoom(next, others), cancellationToken);
        _inForce.Invalidate();
        return replaced;
    }

    /// <summary>Removes a subscription.</summary>
    /// <param name="subscription">The subscription, as its owner saw it.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>False when another change came first or it no longer exists.</returns>
    public async Task<bool> DeleteAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var isDeleted = await store.TryDeleteAsync(subscription, cancellationToken);
        _inForce.Invalidate();
        return isDeleted;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken) =>
    [
        .. (await _inForce.GetAsync(cancellationToken))
            .Where(subscription => subscription.Filter.Wants(happening))
            .SelectMany(subscription => subscription.To)
            .Select(Receiver.Mail),
    ];

    private static bool HasRoom(Subscription subscription, RecordList<Subscription> all)
    {
        var others = all.Where(other => other.Id != subscription.Id).ToList();
        var addresses = others.SelectMany(other => other.To).Concat(subscription.To).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return others.Count + all.Unreadable.Count < MaxSubscriptions && addresses <= MaxSubscribers;
    }

    private static Subscription Of(SubscriptionRequest request, Guid id, DateTime createdAt, DateTime updatedAt) => new()
    {
        Id = id,
        Name = request.Name,
        To = request.To,
        Filter = request.Filter,
        Enabled = request.Enabled,
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
    };
}

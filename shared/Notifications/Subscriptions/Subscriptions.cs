using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Makes, changes and removes subscriptions, and knows those in force. A change takes effect at once on the host that made it, on others within half a minute.</summary>
public sealed class Subscriptions(ISubscriptionStore store, TimeProvider time) : IReceiverSource
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private volatile Known? _known;

    /// <summary>Makes a subscription.</summary>
    /// <param name="request">What it is to be.</param>
    /// <param name="cancellationToken">Cancels the call; the subscription may be there all the same.</param>
    public async Task<Subscription> CreateAsync(SubscriptionRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var subscription = Of(request, Guid.CreateVersion7(now), now.UtcDateTime, now.UtcDateTime);
        await store.AddAsync(subscription, cancellationToken);
        _known = null;
        return subscription;
    }

    /// <summary>Changes a subscription wholly. Of changes at a time the last one stays.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="request">What it is to be.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The subscription; null when there is none.</returns>
    public async Task<Subscription?> ReplaceAsync(Guid id, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } subscription)
            return null;

        var next = Of(request, id, subscription.CreatedAt, time.GetUtcNow().UtcDateTime);
        var isReplaced = await store.TryReplaceAsync(next, cancellationToken);
        _known = null;
        return isReplaced ? next : null;
    }

    /// <summary>Removes a subscription.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var isDeleted = await store.DeleteAsync(id, cancellationToken);
        _known = null;
        return isDeleted;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken) =>
    [
        .. (await InForceAsync(cancellationToken)).Where(subscription => subscription.Filter.Wants(happening)).SelectMany(subscription => subscription.To).Select(Receiver.Mail),
    ];

    private async Task<IReadOnlyList<Subscription>> InForceAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Fresh)
            return known.All;

        var at = time.GetTimestamp();
        IReadOnlyList<Subscription> all = [.. (await store.ListAsync(cancellationToken)).Where(subscription => subscription.Enabled)];
        _known = new Known(at, all);
        return all;
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

    private sealed record Known(long At, IReadOnlyList<Subscription> All);
}

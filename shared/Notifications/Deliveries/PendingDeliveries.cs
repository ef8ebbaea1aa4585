namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Ends deliveries to a receiver that no longer exists.</summary>
internal sealed class PendingDeliveries(IDeliveryStore deliveries, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Ends the pending deliveries of a webhook. One that is missed because the host died ends at its next attempt.</summary>
    /// <param name="webhookId">The webhook's id.</param>
    /// <param name="reason">The reason, stored as their last response.</param>
    /// <param name="except">A delivery to leave alone.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated.</param>
    public async Task EndAsync(Guid webhookId, string reason, Guid? except, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery { WebhookId = webhookId, State = DeliveryState.Pending, PageSize = AtOnce };
        do
        {
            var page = await deliveries.ListAsync(query, cancellationToken);

            // A delivery that is being attempted keeps the outcome of that attempt.
            foreach (var delivery in page.Deliveries.Where(delivery => delivery.Id != except && delivery.Claim is null))
            {
                var ended = delivery with
                {
                    State = DeliveryState.Failed,
                    LastAnswer = reason,
                    NextAttemptAt = null,
                    FinishedAt = time.GetUtcNow(),
                };
                await deliveries.TryUpdateAsync(ended, cancellationToken);
            }

            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);
    }
}

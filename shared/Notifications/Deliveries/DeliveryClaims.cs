using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// Lets one worker at a time attempt a delivery: a sweep or the queue service may duplicate messages. A claim outlives the longest attempt,
/// and its age is measured by the storage's clock.
/// </summary>
internal sealed partial class DeliveryClaims(IDeliveryStore deliveries, IDeliveryQueue queue, TimeProvider time, ILogger logger)
{
    private const int MaxTries = 10;

    // The outcome is written after the attempt, and a storage outage can delay that write.
    private static readonly TimeSpan OutcomeTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether a worker is attempting a delivery right now, as far as can be known.</summary>
    /// <param name="delivery">The delivery, as it was read just now.</param>
    /// <param name="max">The longest an attempt may take.</param>
    public static bool IsHeld(Delivery delivery, TimeSpan max) => delivery.Claim is not null && delivery.Age < max + OutcomeTime;

    /// <summary>
    /// Claims a delivery. A message that arrives while another worker holds the claim is put back: that worker may be dead.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="delivery">The delivery, as it was read.</param>
    /// <param name="find">Reads it again; null when there is nothing left to do.</param>
    /// <param name="max">The longest an attempt may take.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>The delivery, claimed; null when there is nothing to do.</returns>
    public async Task<Delivery?> ClaimAsync(
        DeliveryMessage message, Delivery delivery, Func<Task<Delivery?>> find, TimeSpan max, CancellationToken cancellationToken)
    {
        var claim = Guid.CreateVersion7(time.GetUtcNow());
        for (var tries = 0; tries < MaxTries && !IsHeld(delivery, max); tries++)
        {
            if (await deliveries.TryUpdateAsync(delivery with { Claim = claim }, cancellationToken) is { } claimed)
                return claimed;
            if (await find() is not { } found)
                return null;

            // The response to the write may have been lost.
            if (found.Claim == claim)
                return found;
            delivery = found;
        }

        await queue.SendAsync(delivery.Channel, message, BusyPause, cancellationToken);
        return null;
    }

    /// <summary>Releases a delivery whose attempt did not finish. A failure is only logged: the claim expires anyway.</summary>
    /// <param name="delivery">The delivery, claimed.</param>
    public async Task ReleaseAsync(Delivery delivery)
    {
        using var last = new CancellationTokenSource(LastWriteTimeout, time);
        try
        {
            await deliveries.TryUpdateAsync(delivery with { Claim = null }, last.Token);
        }
        catch (Exception exception)
        {
            Log.Kept(logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, delivery.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1, Message = "Delivery {DeliveryId} could not be given back; it is tried again once its claim has lapsed.")]
        public static partial void Kept(ILogger logger, LogLevel level, Exception exception, Guid deliveryId);
    }
}

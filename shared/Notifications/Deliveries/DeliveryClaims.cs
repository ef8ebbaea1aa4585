using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// Lets one worker at a time try a delivery: messages may come twice, from a sweep or from the queue service. A claim outlives the longest
/// try, and its age goes by the storage's clock.
/// </summary>
internal sealed partial class DeliveryClaims(IDeliveryStore deliveries, IDeliveryQueue queue, TimeProvider time, ILogger logger)
{
    private const int MaxTries = 10;

    // After a try its outcome is written, which an outage of the storage can hold up.
    private static readonly TimeSpan OutcomeTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether a worker tries a delivery at this moment, as far as can be known.</summary>
    /// <param name="delivery">The delivery, as it was read just now.</param>
    /// <param name="max">The longest a try may take.</param>
    public static bool IsHeld(Delivery delivery, TimeSpan max) => delivery.Claim is not null && delivery.Age < max + OutcomeTime;

    /// <summary>Claims a delivery. A message that comes while another worker has it is put back: that worker may be dead.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delivery">The delivery, as it was read.</param>
    /// <param name="find">Reads it again; null when there is nothing to do any more.</param>
    /// <param name="max">The longest a try of it may take.</param>
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

            // The answer to the write may have been lost on the way.
            if (found.Claim == claim)
                return found;
            delivery = found;
        }

        await queue.SendAsync(delivery.Channel, message, BusyPause, cancellationToken);
        return null;
    }

    /// <summary>Gives a delivery back whose try came to no end. What goes wrong is logged: the claim lapses by itself.</summary>
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

using ExportFunctions.Exports.Processing;
using ExportFunctions.Notifications.Deliveries;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>
/// Requeues stale exports, removes files that appear after their export was deleted, and resends deliveries whose message was lost: one
/// timer for all, since each would need its own instances on Azure.
/// </summary>
public sealed class ExportsTimer(StaleExports stale, LateFiles late, DueDeliveries due)
{
    [Function("RequeueStaleExports")]
    public async Task RequeueAsync([TimerTrigger("%EXPORTS_REQUEUE_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await stale.RequeueAsync(cancellationToken);
        await late.SweepAsync(cancellationToken);
        await due.ResendRecentAsync(cancellationToken);
    }
}

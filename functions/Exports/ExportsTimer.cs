using ExportFunctions.Exports.Processing;
using ExportFunctions.Monitoring.Poison;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Sends stale exports on their way again, and removes what appears where nobody looks for it any more.</summary>
public sealed class ExportsTimer(StaleExports stale, LateFiles late, PoisonMessages poison)
{
    [Function("RequeueStaleExports")]
    public async Task RequeueAsync([TimerTrigger("%EXPORTS_REQUEUE_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await stale.RequeueAsync(cancellationToken);
        await late.SweepAsync(cancellationToken);
        await poison.SweepAsync(cancellationToken);
    }
}

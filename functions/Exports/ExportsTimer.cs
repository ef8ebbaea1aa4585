using ExportFunctions.Exports.Processing;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Sends stale exports on their way again, and removes files that appear after their export was deleted.</summary>
public sealed class ExportsTimer(StaleExports stale, LateFiles late)
{
    [Function("RequeueStaleExports")]
    public async Task RequeueAsync([TimerTrigger("%EXPORTS_REQUEUE_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await stale.RequeueAsync(cancellationToken);
        await late.SweepAsync(cancellationToken);
    }
}

using ExportFunctions.Exports.Processing;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Sends stale exports on their way again.</summary>
public sealed class ExportsTimer(StaleExports stale)
{
    [Function("RequeueStaleExports")]
    public Task RequeueAsync([TimerTrigger("%EXPORTS_REQUEUE_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) =>
        stale.RequeueAsync(cancellationToken);
}

using ExportFunctions.Maintenance.Runs;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>Starts the daily cleanup; its work is done from the queue.</summary>
public sealed class MaintenanceTimer(CleanupRuns runs)
{
    [Function("StartCleanup")]
    public Task StartAsync([TimerTrigger("%CLEANUP_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) =>
        runs.StartAsync(byHand: false, cancellationToken);
}

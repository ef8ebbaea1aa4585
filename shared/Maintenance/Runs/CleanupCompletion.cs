using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>The final steps of a cleanup, after its days.</summary>
internal sealed class CleanupCompletion(RecordSweep records, StuckDays stuck)
{
    /// <summary>Removes records whose retention is over.</summary>
    public Task<CleanupCounts> SweepAsync(CancellationToken cancellationToken) => records.RunAsync(SweepAction.Remove, cancellationToken);

    /// <summary>Reports days that could not be processed.</summary>
    public Task TellAsync(MaintenanceRun run, CancellationToken cancellationToken) => stuck.TellAsync(run, cancellationToken);
}

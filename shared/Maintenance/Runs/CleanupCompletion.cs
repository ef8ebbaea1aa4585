using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>What a cleanup does once its days are done.</summary>
internal sealed class CleanupCompletion(RecordSweep records, StuckDays stuck)
{
    /// <summary>Removes records whose retention is over.</summary>
    public Task<CleanupCounts> SweepAsync(CancellationToken cancellationToken) => records.RunAsync(SweepAction.Remove, cancellationToken);

    /// <summary>Tells of days that could not be dealt with.</summary>
    public Task TellAsync(MaintenanceRun run, CancellationToken cancellationToken) => stuck.TellAsync(run, cancellationToken);
}

using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Keeps cleanup runs.</summary>
public interface IMaintenanceRunStore
{
    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task AddAsync(MaintenanceRun run, CancellationToken cancellationToken);

    /// <summary>Reads a run; null when there is none.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    Task<MaintenanceRun?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Stores a changed run, if nobody changed it since it was read.</summary>
    /// <param name="run">The changed copy, with the ETag it was read with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The run with its new ETag; null when another change came first or the run is gone.</returns>
    Task<MaintenanceRun?> TryUpdateAsync(MaintenanceRun run, CancellationToken cancellationToken);

    /// <summary>One page of runs, newest first.</summary>
    /// <param name="pageSize">Runs a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<MaintenanceRunPage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Removes runs that were asked for before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">What is done with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of runs.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken);
}

/// <summary>One page of runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record MaintenanceRunPage(RecordList<MaintenanceRun> Runs, string? ContinuationToken);

using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Snapshots;

/// <summary>Holds a snapshot of a database, for readers on any host.</summary>
public interface ISnapshotKeeper
{
    /// <summary>Takes a snapshot of the database that a query reads, and holds it until it is disposed.</summary>
    /// <param name="query">The query.</param>
    /// <returns>The snapshot; null when the database has none that others can read from.</returns>
    /// <exception cref="ExportFailureException">The database is unavailable, or refuses.</exception>
    Task<IHeldSnapshot?> TryHoldAsync(RowQuery query, CancellationToken cancellationToken);
}

/// <summary>A snapshot of a database that stays readable while it is held.</summary>
public interface IHeldSnapshot : IAsyncDisposable
{
    /// <summary>The id that readers use (<see cref="RowQuery.Snapshot"/>).</summary>
    string Id { get; }

    /// <summary>Checks that it is still held.</summary>
    /// <exception cref="ExportFailureException">It is lost (<c>snapshot_lost</c>, transient).</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

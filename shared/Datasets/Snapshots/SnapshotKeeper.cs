using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Datasets.Snapshots;

/// <summary>
/// Passes each query to the keeper for its dataset's engine. SQLite has none: each reader of a file has its own snapshot, which others
/// can't share. Reports sources that can't be reached.
/// </summary>
internal sealed class SnapshotKeeper(DatasetCatalog catalog, PostgresSnapshotKeeper postgres, SourceWatch watch) : ISnapshotKeeper
{
    public Task<IHeldSnapshot?> TryHoldAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        return source.Provider switch
        {
            SourceProvider.Sqlite => Task.FromResult<IHeldSnapshot?>(null),
            SourceProvider.Postgres => watch.WatchAsync(source, () => postgres.TryHoldAsync(query, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
    }
}

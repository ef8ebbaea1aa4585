namespace ExportFunctions.Datasets.Snapshots;

/// <summary>
/// Passes each query to the keeper for its dataset's engine. SQLite has none: a reader of a file sees what it began with, and nobody else
/// can.
/// </summary>
internal sealed class SnapshotKeeper(DatasetCatalog catalog, PostgresSnapshotKeeper postgres) : ISnapshotKeeper
{
    public Task<IHeldSnapshot?> TryHoldAsync(RowQuery query, CancellationToken cancellationToken) =>
        catalog.SourceOf(query.Dataset).Provider switch
        {
            SourceProvider.Sqlite => Task.FromResult<IHeldSnapshot?>(null),
            SourceProvider.Postgres => postgres.TryHoldAsync(query, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
}

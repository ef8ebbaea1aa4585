using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Datasets.Partitioning;

/// <summary>Passes each query to the partitioner for its dataset's engine, and reports sources that can't be reached.</summary>
internal sealed class KeyPartitioner(
    DatasetCatalog catalog, SqliteKeyPartitioner sqlite, PostgresKeyPartitioner postgres, SourceWatch watch) : IKeyPartitioner
{
    public Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        return watch.WatchAsync(source, () => source.Provider switch
        {
            SourceProvider.Sqlite => sqlite.PartitionAsync(query, size, cancellationToken),
            SourceProvider.Postgres => postgres.PartitionAsync(query, size, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        });
    }
}

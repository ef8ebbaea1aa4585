namespace ExportFunctions.Datasets.Partitioning;

/// <summary>Passes each query to the cutter for its dataset's engine.</summary>
internal sealed class KeyPartitioner(DatasetCatalog catalog, SqliteKeyPartitioner sqlite, PostgresKeyPartitioner postgres) : IKeyPartitioner
{
    public Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken) =>
        catalog.SourceOf(query.Dataset).Provider switch
        {
            SourceProvider.Sqlite => sqlite.PartitionAsync(query, size, cancellationToken),
            SourceProvider.Postgres => postgres.PartitionAsync(query, size, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(query)),
        };
}

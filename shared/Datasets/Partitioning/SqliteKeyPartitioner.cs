using ExportFunctions.Datasets.Sources;
using ExportFunctions.Datasets.Sql;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Datasets.Partitioning;

/// <summary>
/// Partitions SQLite records. SQLite has neither sampling nor usable statistics: the records are counted, and the keys scanned once, using
/// the index alone where there is one. The boundaries are exact.
/// </summary>
internal sealed class SqliteKeyPartitioner(DatasetCatalog catalog)
{
    public async Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        await using var connection = await SqliteRowSource.ConnectAsync(source, query.Dataset, cancellationToken);
        try
        {
            using var interruption = SqliteInterruption.Register(connection, cancellationToken);
            var transaction = connection.BeginTransaction(deferred: true);
            var dialect = SqliteTypes.DialectFor(connection, query);
            using var count = SqliteRowSource.Prepare(connection, transaction, RowQuerySql.Count(query, dialect));
            var rows = (long)count.ExecuteScalar()!;
            var ranges = size.RangesFor(rows);
            if (ranges == 1)
                return new KeyPartitions(rows, []);

            using var command =
                SqliteRowSource.Prepare(connection, transaction, KeyPartitionSql.EveryNth(query, dialect, (rows + ranges - 1) / ranges));
            using var reader = command.ExecuteReader();
            var boundaries = new List<KeyBoundary>();
            while (boundaries.Count < ranges - 1 && reader.Read())
            {
                if (SqliteKey.Of(reader.Handle!.DangerousGetHandle(), first: 0, reader.FieldCount) is { } boundary)
                    boundaries.Add(boundary);
            }

            return new KeyPartitions(rows, boundaries);
        }
        catch (SqliteException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SqliteFailures.From(error, source, query.Dataset);
        }
    }
}

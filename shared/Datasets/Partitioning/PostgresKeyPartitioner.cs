using System.Text.Json;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Datasets.Sql;
using Npgsql;

namespace ExportFunctions.Datasets.Partitioning;

/// <summary>
/// Partitions PostgreSQL records by a sample of keys: from a table, whole pages are sampled and the others not read; from a view or query,
/// records are sampled individually, which reads the keys once. The planner's estimate decides whether that is worthwhile, without reading
/// anything.
/// </summary>
internal sealed class PostgresKeyPartitioner(DatasetCatalog catalog)
{
    // Records of a page mostly lie close together in key order, so that a page counts little more than one record: with fifty of them a
    // range is off by about a seventh.
    private const double PagesOfRange = 50;
    private const double RowsOfRange = 500;

    private const string TableSize = "SELECT relpages::bigint, relkind::text FROM pg_class WHERE oid = to_regclass($1)";

    public async Task<KeyPartitions> PartitionAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        await using var connection = PostgresRowSource.Connect(source);
        try
        {
            var transaction = await PostgresRowSource.BeginAsync(connection, snapshot: null, cancellationToken);
            var dialect = new PostgresDialect(await PostgresTypes.OfAsync(connection, transaction, query, cancellationToken));
            var rows = await EstimateAsync(connection, transaction, query, dialect, cancellationToken);

            var ranges = size.RangesFor(rows);
            if (ranges == 1)
                return new KeyPartitions(rows, []);

            var pages = await PagesAsync(connection, transaction, query.Dataset, cancellationToken);
            var share = pages is { } table
                ? Math.Max(PagesOfRange * ranges / Math.Max(1, table), RowsOfRange * ranges / Math.Max(1, rows))
                : RowsOfRange * ranges / Math.Max(1, rows);
            return await SampleAsync(
                connection,
                transaction,
                KeyPartitionSql.Sample(query, dialect, Math.Min(1, share), pages is not null, size.Rows, size.MaxRanges),
                Math.Min(1, share),
                cancellationToken);
        }
        catch (Exception fault) when (PostgresFailures.Covers(fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailures.From(fault, source, query.Dataset);
        }
    }

    private static async Task<long> EstimateAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RowQuery query,
        PostgresDialect dialect,
        CancellationToken cancellationToken)
    {
        await using var command = PostgresCommand.Create(connection, transaction, KeyPartitionSql.Estimate(query, dialect));
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!);
        return (long)plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }

    /// <summary>The pages of a dataset's table; null when its pages can't be sampled.</summary>
    private static async Task<long?> PagesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Dataset dataset, CancellationToken cancellationToken)
    {
        if (dataset.Table is null)
            return null;

        await using var command = new NpgsqlCommand(TableSize, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = string.Join('.', dataset.Table.Select(SqlText.Quote)) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        // A partitioned table has no pages of its own, so its row estimate decides.
        return await reader.ReadAsync(
            cancellationToken) && reader.GetString(1) is "r" or "m" or "p" ? Math.Max(0, reader.GetInt64(0)) : null;
    }

    private static async Task<KeyPartitions> SampleAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SqlStatement sample, double share, CancellationToken cancellationToken)
    {
        await using var command = PostgresCommand.Create(connection, transaction, sample);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (drawn, boundaries) = (0L, new List<KeyBoundary>());
        while (await reader.ReadAsync(cancellationToken))
        {
            var keys = reader.FieldCount - 1;
            drawn = reader.GetInt64(keys);
            if (!await reader.IsDBNullAsync(0, cancellationToken))
                boundaries.Add(new KeyBoundary(
                    [.. Enumerable.Range(0, keys).Select(column => new KeyValue(KeyValueKind.OfColumn, reader.GetString(column)))]));
        }

        return new KeyPartitions((long)Math.Round(drawn / share), boundaries);
    }
}

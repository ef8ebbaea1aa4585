using ExportFunctions.Datasets.Sources;
using Npgsql;

namespace ExportFunctions.Datasets.Snapshots;

/// <summary>
/// Exports snapshots of PostgreSQL databases (https://www.postgresql.org/docs/current/functions-admin.html, "Snapshot Synchronization
/// Functions"), from a transaction that stays open.
/// </summary>
internal sealed class PostgresSnapshotKeeper(DatasetCatalog catalog) : ISnapshotKeeper
{
    // The transaction is idle while others read: a server that ends idle transactions must not end this one.
    private const string Export = "SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_export_snapshot()";

    public async Task<IHeldSnapshot?> TryHoldAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        var connection = PostgresRowSource.Connect(source);
        try
        {
            var transaction = await PostgresRowSource.BeginAsync(connection, snapshot: null, cancellationToken);
            await using var command = new NpgsqlCommand(Export, connection, transaction);
            return new Held(source, connection, (string)(await command.ExecuteScalarAsync(cancellationToken))!);
        }
        catch (Exception fault)
        {
            await connection.DisposeAsync();
            if (!PostgresFailures.Covers(fault))
                throw;

            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailures.From(fault, source, query.Dataset);
        }
    }

    private sealed class Held(DataSource source, NpgsqlConnection connection, string id) : IHeldSnapshot
    {
        public string Id => id;

        public async Task CheckAsync(CancellationToken cancellationToken)
        {
            try
            {
                await using var command = new NpgsqlCommand("SELECT 1", connection);
                await command.ExecuteScalarAsync(cancellationToken);
            }
            catch (Exception fault) when (PostgresFailures.Covers(fault) || fault is InvalidOperationException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw SourceFailures.SnapshotLost(source, fault);
            }
        }

        // The transaction ends with its connection; it has written nothing.
        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}

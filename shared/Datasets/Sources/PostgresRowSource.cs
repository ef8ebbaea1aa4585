using System.Data;
using ExportFunctions.Datasets.Sql;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Reads PostgreSQL databases, in one read-only snapshot per export.</summary>
internal sealed class PostgresRowSource(DatasetCatalog catalog) : IRowSource
{
    // The session's time zone determines the meaning of a timestamp without one.
    private const string BeginReadOnlyInUtc = "SET TRANSACTION READ ONLY; SET LOCAL TIME ZONE 'UTC'";

    // What the server sends while a batch is being written is then read in few calls.
    private const int ReadBufferBytes = 32 * 1024;

    public async Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        var connection = Connect(source);
        NpgsqlCommand? command = null;
        try
        {
            var transaction = await BeginAsync(connection, query.Snapshot, cancellationToken);
            var dialect = new PostgresDialect(await PostgresTypes.OfAsync(connection, transaction, query, cancellationToken));
            var rows = query.IsCounted ? await CountAsync(connection, transaction, query, dialect, cancellationToken) : -1;
            command = PostgresCommand.Create(connection, transaction, RowQuerySql.Select(query, dialect));
            PostgresCells.AskForText(command, query);
            var reader = await command.ExecuteReaderAsync(cancellationToken);
            return new PostgresRowReader(source, query, rows, connection, command, reader);
        }
        catch (Exception fault)
        {
            // Closing the connection under a running statement would fetch all its rows.
            command?.Cancel();
            await connection.DisposeAsync();
            if (!PostgresFailures.Covers(fault))
                throw;

            cancellationToken.ThrowIfCancellationRequested();
            throw query.Snapshot is not null && PostgresFailures.IsSnapshotLost(fault) ? SourceFailures.SnapshotLost(
                source, fault) : PostgresFailures.From(fault, source, query.Dataset);
        }
    }

    public async Task CheckAsync(DataSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = Connect(source);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (Exception fault) when (PostgresFailures.Covers(fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailures.From(fault, source, dataset: null);
        }
    }

    /// <summary>A connection to a source, closed; the caller disposes it.</summary>
    internal static NpgsqlConnection Connect(DataSource source)
    {
        // A statement may sort for minutes before its first row; cancellation ends it, and keep-alive detects a dead server.
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString) { CommandTimeout = 0, TcpKeepAlive = true };
        settings.ReadBufferSize = Math.Max(settings.ReadBufferSize, ReadBufferBytes);
        return new NpgsqlConnection(settings.ConnectionString);
    }

    /// <summary>Opens a connection and begins a transaction that reads one snapshot.</summary>
    /// <param name="connection">The connection, closed.</param>
    /// <param name="snapshot">A held snapshot; null takes a new one with the first statement.</param>
    internal static async Task<NpgsqlTransaction> BeginAsync(
        NpgsqlConnection connection, string? snapshot, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        // An id consists of letters from the server, but is read from one of our records, and a parameter is not allowed here.
        var import = snapshot is null ? "" : $"SET TRANSACTION SNAPSHOT '{snapshot.Replace("'", "''", StringComparison.Ordinal)}'; ";
        await using var command = new NpgsqlCommand(import + BeginReadOnlyInUtc, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    private static async Task<long> CountAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        RowQuery query,
        PostgresDialect dialect,
        CancellationToken cancellationToken)
    {
        await using var command = PostgresCommand.Create(connection, transaction, RowQuerySql.Count(query, dialect));
        return RowQuerySql.RowsOf(query, (long)(await command.ExecuteScalarAsync(cancellationToken))!);
    }
}

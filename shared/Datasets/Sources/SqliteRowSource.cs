using System.Globalization;
using System.Text;
using System.Text.Json;
using ExportFunctions.Datasets.Cutting;
using ExportFunctions.Datasets.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Reads SQLite files. The calls are synchronous underneath: SQLite works on the caller's thread, and
/// <see cref="Rows.ReadAheadRows"/> gives it one. A database in WAL mode goes on being written meanwhile; in rollback mode its
/// writers wait until the export has been read.
/// </summary>
internal sealed class SqliteRowSource(DatasetCatalog catalog) : IRowSource
{
    // The queue tries again, so a lock is not waited for longer than a cancel may take.
    private const int BusyMilliseconds = 900;

    private readonly SqliteDialect _dialect = new();

    public async Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        var connection = await ConnectAsync(source, query.Dataset, cancellationToken);
        try
        {
            using var interruption = SqliteInterruption.Register(connection, cancellationToken);

            // Deferred: the snapshot is taken by the count, the first read, and holds until the reader is disposed.
            var transaction = connection.BeginTransaction(deferred: true);
            var rows = query.IsCounted ? Count(connection, transaction, query) : -1;
            var command = Prepare(connection, transaction, RowQuerySql.Select(query, _dialect));
            return new SqliteRowReader(source, query, rows, connection, command, command.ExecuteReader());
        }
        catch (Exception fault)
        {
            await connection.DisposeAsync();
            if (fault is not SqliteException error)
                throw;

            cancellationToken.ThrowIfCancellationRequested();
            throw SqliteFailures.From(error, source, query.Dataset);
        }
    }

    public async Task CheckAsync(DataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(source, dataset: null, cancellationToken);
        try
        {
            // Opening reads nothing yet; the schema tells a database from any other file.
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_schema";
            command.ExecuteScalar();
        }
        catch (SqliteException error)
        {
            throw SqliteFailures.From(error, source, dataset: null);
        }
    }

    /// <summary>An open connection to a source; the caller disposes it.</summary>
    internal static async Task<SqliteConnection> ConnectAsync(DataSource source, Dataset? dataset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var settings = new SqliteConnectionStringBuilder(source.ConnectionString);
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate)
            settings.Mode = SqliteOpenMode.ReadOnly;

        // A pooled connection would go on reading a file that has since been replaced; opening one takes under a millisecond.
        settings.Pooling = false;

        // The provider repeats a statement that meets a lock for as long as its time-out says, in whole seconds.
        settings.DefaultTimeout = 1;

        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            SqliteTexts.Register(connection);
            return connection;
        }
        catch (SqliteException error)
        {
            await connection.DisposeAsync();
            throw SqliteFailures.From(error, source, dataset);
        }
    }

    private long Count(SqliteConnection connection, SqliteTransaction transaction, RowQuery query)
    {
        using var command = Prepare(connection, transaction, RowQuerySql.Count(query, _dialect));
        return RowQuerySql.RowsOf(query, (long)command.ExecuteScalar()!);
    }

    /// <summary>A command with its values; the caller disposes it.</summary>
    internal static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, SqlStatement statement)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement.Text;
        var number = 0;
        foreach (var parameter in statement.Parameters)
        {
            var value = parameter.Shape == SqlParameterShape.List ? JsonList((IReadOnlyList<object>)parameter.Value) : Stored(parameter.Value);
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${++number}"), value);
        }

        return command;
    }

    /// <summary>A value in the form that SQLite databases store it in, for <see cref="SqliteDialect"/> to compare.</summary>
    private static object Stored(object value) => value switch
    {
        bool yes => yes ? 1L : 0L,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        KeyValue { Kind: KeyValueKind.Integer } key => long.Parse(key.Text, CultureInfo.InvariantCulture),
        KeyValue { Kind: KeyValueKind.Real } key => double.Parse(key.Text, CultureInfo.InvariantCulture),
        KeyValue key => key.Text,
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        _ => value,
    };

    private static string JsonList(IReadOnlyList<object> values)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                if (Stored(value) is long number)
                    json.WriteNumberValue(number);
                else
                    json.WriteStringValue((string)Stored(value));
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}

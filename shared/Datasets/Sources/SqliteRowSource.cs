using System.Globalization;
using System.Text;
using System.Text.Json;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Sql;
using ExportFunctions.Datasets.Values;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Reads SQLite files. The calls are synchronous underneath: SQLite works on the caller's thread, and <see cref="Rows.ReadAheadRows"/>
/// provides one. A database in WAL mode can be written meanwhile; in rollback mode its writers wait until the export has been read.
/// </summary>
internal sealed class SqliteRowSource(DatasetCatalog catalog) : IRowSource
{
    // The queue retries, so wait for a lock no longer than a cancel may take.
    private const int BusyMilliseconds = 900;

    public async Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        var connection = await ConnectAsync(source, query.Dataset, cancellationToken);
        try
        {
            using var interruption = SqliteInterruption.Register(connection, cancellationToken);

            // Deferred: the snapshot is taken by the count, the first read, and holds until the reader is disposed.
            var transaction = connection.BeginTransaction(deferred: true);
            var dialect = SqliteTypes.DialectFor(connection, query);
            var rows = query.IsCounted ? Count(connection, transaction, query, dialect) : -1;
            var command = Prepare(connection, transaction, RowQuerySql.Select(query, dialect));
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
            // Opening reads nothing yet; reading the schema shows whether it is a database.
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

        // A pooled connection would keep reading a file that has since been replaced; opening one takes under a millisecond.
        settings.Pooling = false;

        // The provider retries a locked statement until its timeout, in whole seconds.
        settings.DefaultTimeout = 1;

        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            SqliteFunctions.Register(connection);
            SqliteTexts.Register(connection);
            return connection;
        }
        catch (SqliteException error)
        {
            await connection.DisposeAsync();
            throw SqliteFailures.From(error, source, dataset);
        }
    }

    private static long Count(SqliteConnection connection, SqliteTransaction transaction, RowQuery query, SqliteDialect dialect)
    {
        using var command = Prepare(connection, transaction, RowQuerySql.Count(query, dialect));
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
            var value =
                parameter.Shape == SqlParameterShape.List ? JsonList((IReadOnlyList<object>)parameter.Value) : Read(parameter.Value);
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${++number}"), value);
        }

        return command;
    }

    /// <summary>A value in the form in which <see cref="SqliteFunctions"/> read stored values.</summary>
    private static object Read(object value) => value switch
    {
        bool yes => yes ? 1L : 0L,
        decimal number => DecimalReading.KeyOf(number),
        DateOnly date => date.DayNumber * TimeSpan.TicksPerDay,
        TimeOnly time => time.Ticks,
        DateTime time => time.Ticks,
        KeyValue { Kind: KeyValueKind.Integer } key => long.Parse(key.Text, CultureInfo.InvariantCulture),
        KeyValue { Kind: KeyValueKind.Real } key => double.Parse(key.Text, CultureInfo.InvariantCulture),
        KeyValue key => key.Text,
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
                switch (value is decimal ? value : Read(value))
                {
                    case long number:
                        json.WriteNumberValue(number);
                        break;
                    case decimal number:
                        // As text, or SQLite would read it as a floating-point number.
                        json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                        break;
                    case var text:
                        json.WriteStringValue((string)text);
                        break;
                }
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}

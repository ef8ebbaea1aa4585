using System.Buffers;
using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using Npgsql;

namespace ExportFunctions.Local.Seeding;

/// <summary>
/// Fills the schema <c>school</c> of a PostgreSQL database by binary COPY, in one transaction: readers see the old school until the new one
/// is complete.
/// </summary>
internal sealed class PostgresSeedTarget : ISeedTarget
{
    private const string Schema = "school";

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly ExistingData _existing;
    private readonly ArrayBufferWriter<byte> _buffer = new(1024 * 1024);

    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private NpgsqlRawCopyStream? _copy;
    private PostgresCopyEncoder? _encoder;
    private SchoolTable? _table;

    /// <param name="connectionString">The connection string; never shown.</param>
    /// <param name="existing">Whether the school's own tables may be dropped if they exist; no others ever are.</param>
    /// <exception cref="ArgumentException">The connection string can't be read.</exception>
    public PostgresSeedTarget(string connectionString, ExistingData existing)
    {
        // Building an index over ten million rows may take longer than the default command timeout.
        _settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        _existing = existing;
    }

    public string Name => string.Create(CultureInfo.InvariantCulture, $"PostgreSQL at {_settings.Host}:{_settings.Port}");

    private static IEnumerable<string> TableNames => SchoolTable.All.Select(table => table.Name).Append(SchoolStamp.Table);

    public async Task<SchoolStamp?> ReadStampAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        if (!(await FindTablesAsync(cancellationToken)).Contains(SchoolStamp.Table))
            return null;

        await using var command = new NpgsqlCommand($"SELECT students, generator_version FROM {Schema}.{SchoolStamp.Table}", _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new SchoolStamp(reader.GetInt32(0), reader.GetInt32(1)) : null;
    }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        _transaction = await _connection!.BeginTransactionAsync(cancellationToken);
        var found = await FindTablesAsync(cancellationToken);
        if (found.Count > 0 && _existing == ExistingData.Refuse)
            throw new SeedFailedException(
                $"The schema {Schema} holds {string.Join(", ", found)} already; drop and make the tables again with --replace.");

        if (found.Count > 0)
            await ExecuteAsync($"DROP TABLE {string.Join(", ", found.Select(table => $"{Schema}.{table}"))}", cancellationToken);
        await ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {Schema}", cancellationToken);
    }

    public async Task BeginTableAsync(SchoolTable table, CancellationToken cancellationToken)
    {
        var definitions = table.Columns.Select(column => $"{column.Name} {TypeOf(column)}{(column.IsNullable ? "" : " NOT NULL")}");
        await ExecuteAsync($"CREATE TABLE {Schema}.{table.Name} ({string.Join(", ", definitions)})", cancellationToken);

        // Frozen rows need no vacuum later; this is allowed because the table was created in this transaction.
        _copy =
            await _connection!.BeginRawBinaryCopyAsync($"COPY {Schema}.{table.Name} FROM STDIN (FORMAT binary, FREEZE)", cancellationToken);
        _encoder = new PostgresCopyEncoder(table.Columns, _buffer);
        _encoder.WriteHeader();
        _table = table;
    }

    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        _encoder!.WriteRows(batch);
        await FlushAsync(cancellationToken);
    }

    public async Task EndTableAsync(CancellationToken cancellationToken)
    {
        _encoder!.WriteTrailer();
        await FlushAsync(cancellationToken);
        await _copy!.DisposeAsync();
        _copy = null;
        await ExecuteAsync($"ALTER TABLE {Schema}.{_table!.Name} ADD PRIMARY KEY ({_table.Columns[0].Name})", cancellationToken);
    }

    public async Task CompleteAsync(SchoolStamp stamp, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE TABLE {Schema}.{SchoolStamp.Table} (students integer NOT NULL, generator_version integer NOT NULL); INSERT INTO"
                    + $" {Schema}.{SchoolStamp.Table} VALUES ({stamp.Students}, {stamp.GeneratorVersion})"),
            cancellationToken);
        foreach (var table in SchoolTable.All)
            await ExecuteAsync($"ANALYZE {Schema}.{table.Name}", cancellationToken);

        await _transaction!.CommitAsync(cancellationToken);
    }

    public string? Explain(Exception exception) => PostgresFaults.Explain(exception, Name);

    public async ValueTask DisposeAsync()
    {
        // Ending a COPY by disposal would tell the server that it is complete.
        if (_copy is not null)
            await CancelCopyAsync(_copy);
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private static async Task CancelCopyAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is lost, and the COPY with it.
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
            return;

        _connection = new NpgsqlConnection(_settings.ConnectionString);
        await _connection.OpenAsync(cancellationToken);
    }

    private async Task<List<string>> FindTablesAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = $1 AND table_name = ANY ($2) ORDER BY 1",
            _connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Schema });
        command.Parameters.Add(new NpgsqlParameter { Value = TableNames.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        var found = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetString(0));
        return found;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _copy!.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string TypeOf(SchoolColumn column) => column.Type switch
    {
        ColumnType.Integer => "bigint",
        ColumnType.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric(14,{column.Scale})"),
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamptz",
        _ => "text",
    };
}

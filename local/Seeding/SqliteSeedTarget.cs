using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Local.Seeding;

/// <summary>
/// Fills a new SQLite file next to the target and moves it into place when it is complete. This makes a rollback journal unnecessary, which
/// accounts for most of the speed.
/// </summary>
/// <param name="path">The database file.</param>
/// <param name="existing">What to do with a file that is no school database; an older school is always replaced.</param>
internal sealed class SqliteSeedTarget(string path, ExistingData existing) : ISeedTarget
{
    private readonly string _path = Path.GetFullPath(path);

    private PartialFile? _partial;
    private SqliteConnection? _connection;
    private SqliteRowInserter? _inserter;

    public string Name => _path;

    public Task<SchoolStamp?> ReadStampAsync(CancellationToken cancellationToken) =>
        SchoolDatabase.ReadStampAsync(_path, cancellationToken);

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_path))
            throw new SeedFailedException($"{_path} is a folder; name a file with --output.");
        if (existing == ExistingData.Refuse && File.Exists(_path) && await ReadStampAsync(cancellationToken) is null)
            throw new SeedFailedException(
                $"{_path} exists and holds no sample school; choose another --output, or overwrite it with --replace.");

        _partial = PartialFile.Create(_path);
        _connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _partial.Path, Pooling = false }.ConnectionString);
        await _connection.OpenAsync(cancellationToken);
        await ExecuteAsync(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN", cancellationToken);
    }

    public async Task BeginTableAsync(SchoolTable table, CancellationToken cancellationToken)
    {
        var definitions = table.Columns.Select((column, position) =>
            $"{column.Name} {TypeOf(column.Type)}{(column.IsNullable ? "" : " NOT NULL")}{(position == 0 ? " PRIMARY KEY" : "")}");
        await ExecuteAsync($"CREATE TABLE {table.Name} ({string.Join(", ", definitions)})", cancellationToken);
        _inserter = new SqliteRowInserter(_connection!.Handle!, table);
    }

    public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _inserter!.Insert(batch);
        return ValueTask.CompletedTask;
    }

    public Task EndTableAsync(CancellationToken cancellationToken)
    {
        _inserter?.Dispose();
        _inserter = null;
        return Task.CompletedTask;
    }

    public async Task CompleteAsync(SchoolStamp stamp, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE TABLE {SchoolStamp.Table} (students INTEGER NOT NULL, generator_version INTEGER NOT NULL); INSERT INTO"
                    + $" {SchoolStamp.Table} VALUES ({stamp.Students}, {stamp.GeneratorVersion}); COMMIT"),
            cancellationToken);
        await _connection!.DisposeAsync();
        _partial!.MoveIntoPlace();
    }

    public string? Explain(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } =>
            $"The disk of {_path} is full; free some space, seed fewer --students, or choose another --output.",
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } =>
            $"Writing {_path} failed; check the disk and its free space, or choose another --output.",
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY } or UnauthorizedAccessException =>
            $"{_path} can't be written; check the permissions of the folder, or choose another --output.",
        SqliteException { SqliteErrorCode: var code } => $"SQLite refused to write {_path} (error {code}); choose another --output.",
        IOException => $"{_path} can't be written ({exception.Message}); choose another --output.",
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        _inserter?.Dispose();
        if (_connection is not null)
            await _connection.DisposeAsync();
        _partial?.Dispose();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Dates and timestamps are ISO 8601 text, which sorts as it reads; booleans are 0 and 1.
    private static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Integer or ColumnType.Boolean => "INTEGER",
        ColumnType.Decimal => "NUMERIC",
        _ => "TEXT",
    };
}

using ExportFunctions.Datasets.Rows;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Reads rows of one SQLite statement, cell by cell from SQLite's own memory: no objects per row.</summary>
internal sealed class SqliteRowReader : IRowReader
{
    private readonly DataSource _source;
    private readonly RowQuery _query;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly SqliteDataReader _reader;
    private readonly ColumnType[] _types;

    public SqliteRowReader(DataSource source, RowQuery query, long rowsExpected, SqliteConnection connection, SqliteCommand command, SqliteDataReader reader)
    {
        _source = source;
        _query = query;
        _connection = connection;
        _command = command;
        _reader = reader;
        _types = [.. query.Columns.Select(column => column.Type)];
        RowsExpected = rowsExpected;
    }

    public long RowsExpected { get; }

    public ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Clear();
        using var interruption = SqliteInterruption.Register(_connection, cancellationToken);
        try
        {
            while (!batch.IsFull && _reader.Read())
                AddRow(batch);

            return ValueTask.FromResult(batch.Count > 0);
        }
        catch (SqliteException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SqliteFailures.From(error, _source, _query.Dataset);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();

        // Closing rolls the read transaction back.
        await _connection.DisposeAsync();
    }

    private void AddRow(RowBatch batch)
    {
        var statement = _reader.Handle!;
        batch.AddRow();
        for (var column = 0; column < _types.Length; column++)
        {
            var storage = raw.sqlite3_column_type(statement, column);
            if (storage != raw.SQLITE_NULL && !SqliteCell.TryCopy(statement, column, storage, _types[column], batch))
                throw SourceFailures.ValueUnreadable(_query.Dataset, _query.Columns[column]);
        }
    }
}

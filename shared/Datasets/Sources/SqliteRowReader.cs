using System.Text;
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
    private readonly RowFlaws _flaws;
    private readonly SqliteColumn[] _columns;
    private readonly nint _statement;
    private readonly nint _mutex;
    private bool _atFirstRow;
    private bool _ended;

    public SqliteRowReader(
        DataSource source, RowQuery query, long rowsExpected, SqliteConnection connection, SqliteCommand command, SqliteDataReader reader)
    {
        _source = source;
        _query = query;
        _connection = connection;
        _command = command;
        _reader = reader;
        _flaws = new RowFlaws(query);
        _columns = [.. query.Columns.Select(
            (column, i) => new SqliteColumn(column, i, raw.sqlite3_column_decltype(reader.Handle, i).utf8_to_string(), _flaws))];
        _statement = reader.Handle!.DangerousGetHandle();
        _mutex = SqliteNative.MutexOf(SqliteNative.ConnectionOf(_statement));
        RowsExpected = rowsExpected;

        // Executing has already taken the first step.
        _atFirstRow = reader.HasRows;
        _ended = !reader.HasRows;
    }

    public long RowsExpected { get; }

    public ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Clear();
        using var interruption = SqliteInterruption.Register(_connection, cancellationToken);
        try
        {
            Fill(batch);
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
        // The provider's reader owns the statement and finalizes it.
        await _reader.DisposeAsync();
        await _command.DisposeAsync();

        // Closing rolls the read transaction back.
        await _connection.DisposeAsync();
    }

    private void Fill(RowBatch batch)
    {
        // One lock per batch instead of one per cell. An interrupt needs no lock, so cancellation is not delayed.
        SqliteNative.Enter(_mutex);
        try
        {
            while (!batch.IsFull && MoveNext())
                AddRow(batch);
            if (_query.IsKeyRead && !_ended && batch.Count > 0)
                batch.LastKey = SqliteKey.Of(_statement, _columns.Length, _query.Dataset.Key.Count);
        }
        finally
        {
            SqliteNative.Leave(_mutex);
            GC.KeepAlive(_reader);
        }
    }

    private bool MoveNext()
    {
        if (_atFirstRow)
        {
            _atFirstRow = false;
            return true;
        }

        // SQLite restarts a statement that is stepped after its end.
        if (_ended)
            return false;

        var result = SqliteNative.Step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;

        // The reset repeats the step's error, and must not do so again when the reader is disposed.
        _ended = true;
        _ = raw.sqlite3_reset(_reader.Handle);
        SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return false;
    }

    private string ReadKey(int column)
    {
        var value = SqliteNative.Value(_statement, column);
        return SqliteNative.Storage(value) == raw.SQLITE_NULL ? "(empty)" : Encoding.UTF8.GetString(SqliteCell.Utf8(value));
    }

    private void AddRow(RowBatch batch)
    {
        batch.AddRow();
        for (var column = 0; column < _columns.Length; column++)
            _columns[column].Copy(SqliteNative.Value(_statement, column), batch);

        if (_flaws.HasAny)
            _flaws.EndRow(batch, ReadKey);
    }
}

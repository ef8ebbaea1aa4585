using ExportFunctions.Datasets.Rows;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Reads rows of one PostgreSQL statement as they arrive.</summary>
internal sealed class PostgresRowReader : IRowReader
{
    private readonly DataSource _source;
    private readonly RowQuery _query;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private readonly PostgresCells _cells;
    private bool _ended;

    public PostgresRowReader(
        DataSource source, RowQuery query, long rowsExpected, NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader)
    {
        _source = source;
        _query = query;
        _connection = connection;
        _command = command;
        _reader = reader;
        _cells = new PostgresCells(reader, query);
        RowsExpected = rowsExpected;
    }

    public long RowsExpected { get; }

    public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        batch.Clear();
        try
        {
            while (!batch.IsFull && !_ended)
            {
                if (await _reader.ReadAsync(cancellationToken))
                    _cells.CopyRow(batch);
                else
                    _ended = true;
            }

            if (_query.IsKeyRead && !_ended)
                batch.LastKey = PostgresKey.Of(_reader, _query.Columns.Count, _query.Dataset.Key.Count);
            return batch.Count > 0;
        }
        catch (Exception fault) when (PostgresFailures.Covers(fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailures.From(fault, _source, _query.Dataset);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Closing a reader early would fetch all remaining rows.
        if (!_ended)
            _command.Cancel();

        await CloseAsync(_reader);
        await _command.DisposeAsync();

        // Closing rolls the read transaction back.
        await CloseAsync(_connection);
    }

    private static async ValueTask CloseAsync(IAsyncDisposable part)
    {
        try
        {
            await part.DisposeAsync();
        }
        catch (Exception fault) when (PostgresFailures.Covers(fault))
        {
            // The response to the cancel, or a lost connection: there is nothing left to read either way.
        }
    }
}

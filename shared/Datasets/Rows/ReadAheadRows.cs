using System.Threading.Channels;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Rows;

/// <summary>
/// Reads ahead of the writer: a background task fills batches while the caller writes others, with a small fixed number of batches in
/// flight, so memory stays flat and the slower side sets the pace. For one caller, who must dispose the reader afterwards.
/// </summary>
internal sealed class ReadAheadRows : IAsyncDisposable
{
    private const int BatchesInFlight = 3;
    private const int CellsPerBatch = 64 * 1024;

    private readonly IRowReader _reader;
    private readonly Channel<RowBatch> _filled =
        Channel.CreateBounded<RowBatch>(new BoundedChannelOptions(BatchesInFlight) { SingleReader = true, SingleWriter = true });
    private readonly Channel<RowBatch> _free =
        Channel.CreateBounded<RowBatch>(new BoundedChannelOptions(BatchesInFlight) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly RowBatch[] _batches;
    private readonly Task _producer;

    /// <summary>Starts reading.</summary>
    /// <param name="reader">The source of the rows; nothing else may read from it meanwhile.</param>
    /// <param name="types">The types of the query's columns.</param>
    public ReadAheadRows(IRowReader reader, IReadOnlyList<ColumnType> types)
    {
        _reader = reader;
        var capacity = Math.Clamp(CellsPerBatch / types.Count, 16, RowBatch.DefaultCapacity);
        _batches = [.. Enumerable.Range(0, BatchesInFlight).Select(_ => new RowBatch(types, capacity))];
        foreach (var batch in _batches)
            _free.Writer.TryWrite(batch);

        // SQLite blocks for as long as a batch takes, even before the first await: on the pool it blocks nobody else.
        _producer = Task.Run(ProduceAsync);
    }

    /// <summary>Waits for the next batch; null after the last one. Give it back with <see cref="Return"/>.</summary>
    /// <param name="cancellationToken">Stops the waiting; dispose to stop the reading as well.</param>
    /// <exception cref="ExportFailureException">Reading failed.</exception>
    public async ValueTask<RowBatch?> NextAsync(CancellationToken cancellationToken) =>
        await _filled.Reader.WaitToReadAsync(cancellationToken) && _filled.Reader.TryRead(out var batch) ? batch : null;

    /// <summary>Returns a batch for reuse.</summary>
    /// <param name="batch">A batch from <see cref="NextAsync"/>; must not be used any more.</param>
    public void Return(RowBatch batch) => _free.Writer.TryWrite(batch);

    /// <summary>Stops reading and waits until it has ended. Batches must not be used any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _producer;
        foreach (var batch in _batches)
            batch.Release();

        _stop.Dispose();
    }

    private async Task ProduceAsync()
    {
        try
        {
            while (true)
            {
                var batch = await _free.Reader.ReadAsync(_stop.Token);
                if (!await _reader.ReadAsync(batch, _stop.Token))
                    break;

                await _filled.Writer.WriteAsync(batch, _stop.Token);
            }

            _filled.Writer.Complete();
        }
        catch (Exception fault)
        {
            // The channel passes it to the caller, who may have stopped reading.
            _filled.Writer.Complete(fault);
        }
    }
}

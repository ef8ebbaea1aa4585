using ExportFunctions.Exports;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>
/// One file, written forwards (ISO 32000-1, PDF 1.7). Objects are composed in batches, which are compressed on several threads and written in
/// order; of what is written, 8 bytes an object are remembered.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="threads">The threads that compress.</param>
internal sealed class PdfFile(Stream output, int threads) : IAsyncDisposable
{
    private const int BatchBytes = 128 * 1024;
    private const int OutputBytes = 64 * 1024;

    // ISO 19005-2, 6.1.13.
    private const int MostObjects = 8_388_607;

    private readonly CrossReferences _references = new();
    private readonly PdfBuffer _next = new();
    private readonly Queue<(ObjectBatch Batch, Task Packing)> _inFlight = [];
    private readonly Stack<ObjectBatch> _free = [];
    private ObjectBatch _batch = new();
    private long _written;

    /// <summary>True when the batch should be handed on before more is composed.</summary>
    public bool IsBatchFull => _batch.Content.Length >= BatchBytes;

    /// <summary>Takes the next object number.</summary>
    /// <exception cref="ExportFailureException">The file has too many objects.</exception>
    public int Reserve() => _references.Count <= MostObjects ? _references.Reserve() : throw ExportFailureException.Permanent(
        "pdf_too_large", "A PDF holds at most 8 million objects, which is about 4 million pages. Filter further or take another format.");

    /// <summary>Starts an object that is not a stream; its text goes into the result.</summary>
    public PdfBuffer Begin(int id)
    {
        _batch.Begin(id, dictionary: null);
        return _batch.Content;
    }

    /// <summary>Starts a compressed stream; its bytes go into the result.</summary>
    /// <param name="id">The object's number.</param>
    /// <param name="dictionary">The entries of its dictionary beside length and filter.</param>
    /// <param name="isDense">Whether the stream is worth more time for fewer bytes.</param>
    public PdfBuffer BeginStream(int id, string dictionary = "", bool isDense = false)
    {
        _batch.Begin(id, dictionary, isDense);
        return _batch.Content;
    }

    /// <summary>Ends the object begun last.</summary>
    public void End() => _batch.End();

    /// <summary>Notes that an object lies inside an object stream.</summary>
    public void PlaceInStream(int id, int stream, int index) => _references.PlaceInStream(id, stream, index);

    /// <summary>Hands the batch on to be compressed, and writes what is ready.</summary>
    public async ValueTask SubmitAsync(CancellationToken cancellationToken)
    {
        var batch = _batch;
        if (threads <= 1)
        {
            batch.Pack();
            _inFlight.Enqueue((batch, Task.CompletedTask));
        }
        else
        {
            _inFlight.Enqueue((batch, Task.Run(batch.Pack, CancellationToken.None)));
        }

        // The next batch is taken before anything may throw: this one is the compressor's now.
        _batch = _free.TryPop(out var free) ? free : new ObjectBatch();
        while (_inFlight.Count > 0 && (_inFlight.Count > threads || _inFlight.Peek().Packing.IsCompleted))
            await WriteOldestAsync(cancellationToken);
    }

    /// <summary>Writes everything begun so far, the cross-reference stream and the end.</summary>
    /// <param name="catalog">The document catalog's number.</param>
    /// <param name="information">The information dictionary's number.</param>
    /// <param name="seed">What the file's identifier is made from, beside its structure.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask CompleteAsync(int catalog, int information, string seed, CancellationToken cancellationToken)
    {
        await SubmitAsync(cancellationToken);
        while (_inFlight.Count > 0)
            await WriteOldestAsync(cancellationToken);

        var id = Reserve();
        _references.Place(id, Position);
        _references.WriteTo(_next, id, Position, $"/Root {catalog} 0 R/Info {information} 0 R", seed);
        await DrainAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // A compressor may still read from its batch.
        foreach (var (batch, packing) in _inFlight)
        {
            await packing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            batch.Dispose();
        }

        _inFlight.Clear();
        foreach (var batch in _free)
            batch.Dispose();

        _batch.Dispose();
        _next.Dispose();
    }

    private long Position => _written + _next.Length;

    private async ValueTask WriteOldestAsync(CancellationToken cancellationToken)
    {
        var (batch, packing) = _inFlight.Peek();
        await packing.WaitAsync(cancellationToken);
        if (Position == 0)
            _next.Add("%PDF-1.7\n%"u8).Add([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);

        batch.WriteTo(_next, id => _references.Place(id, Position));
        _inFlight.Dequeue();
        batch.Clear();
        _free.Push(batch);
        if (_next.Length >= OutputBytes)
            await DrainAsync(cancellationToken);
    }

    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_next.WrittenMemory, cancellationToken);
        _written += _next.Length;
        _next.Clear();
    }
}

using ExportFunctions.Compression;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>
/// One file, written forward-only (ISO 32000-1, PDF 1.7). Objects are composed in batches, which are compressed on several threads and
/// written in order; only their offsets are kept, in the table.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="threads">The threads that compress.</param>
/// <param name="objects">Gives objects their numbers.</param>
internal sealed class PdfFile(Stream output, int threads, IObjectTable objects) : IAsyncDisposable
{
    private const int BatchBytes = 128 * 1024;
    private const int BatchPlaces = 4096;
    private const int OutputBytes = 64 * 1024;

    private readonly PdfBuffer _next = new();
    private readonly OrderedWork<ObjectBatch> _packing = new(Math.Max(threads, 1), static () => new ObjectBatch());
    private ObjectBatch _batch = new();
    private bool _started;
    private long _written;

    /// <summary>
    /// Where the output begins in the file; others have written what precedes it. With an offset or without <see cref="HasHeader"/> it is
    /// not the file's beginning.
    /// </summary>
    public long Offset { get; init; }

    /// <summary>Whether the output begins with the file's header.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>True when the batch should be passed on before more is composed.</summary>
    public bool IsBatchFull => _batch.Content.Length >= BatchBytes || _batch.Placed.Count >= BatchPlaces;

    /// <summary>Allocates the next object number.</summary>
    public int Reserve() => objects.Reserve();

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

    /// <summary>Ends the current object.</summary>
    public void End() => _batch.End();

    /// <summary>Records that an object is inside an object stream.</summary>
    public void PlaceInStream(int id, int stream, int index) => _batch.Placed.Add(new PlacedObject(id, stream, index));

    /// <summary>Records the offset of an object that others have written.</summary>
    /// <param name="id">The object's number.</param>
    /// <param name="offset">Its offset in the file.</param>
    public void Place(int id, long offset) => _batch.Placed.Add(new PlacedObject(id, Stream: null, offset));

    /// <summary>Passes the batch on for compression, and writes what is ready.</summary>
    public async ValueTask SubmitAsync(CancellationToken cancellationToken)
    {
        while (_packing.IsFull || _packing.IsNextDone)
            await WriteOldestAsync(cancellationToken);

        _batch.Section = objects.SectionAfter(_batch.Count);
        _packing.Add(_batch);
        _batch = _packing.Rent();
    }

    /// <summary>Writes everything begun so far.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await SubmitAsync(cancellationToken);
        while (_packing.Count > 0)
            await WriteOldestAsync(cancellationToken);

        await DrainAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Writes everything begun so far, the cross-reference stream and the end.</summary>
    /// <param name="references">The table of the whole file, which gave the numbers here.</param>
    /// <param name="information">The information dictionary's number.</param>
    /// <param name="seed">What the file's identifier is made from, beside its structure.</param>
    public async ValueTask CompleteAsync(CrossReferences references, int information, string seed, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        references.WriteEnd(_next, Position, information, seed);
        await DrainAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _packing.DisposeAsync();
        _batch.Dispose();
        _next.Dispose();
    }

    private long Position => Offset + _written + _next.Length;

    private async ValueTask WriteOldestAsync(CancellationToken cancellationToken)
    {
        var batch = await _packing.NextAsync();
        try
        {
            if (HasHeader && !_started)
                _next.Add("%PDF-1.7\n%"u8).Add([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);

            _started = true;
            batch.WriteTo(_next, id => objects.Place(id, Position));
            foreach (var (id, stream, place) in batch.Placed)
            {
                if (stream is { } container)
                    objects.PlaceInStream(id, container, (int)place);
                else
                    objects.Place(id, place);
            }

            if (batch.Section is { } section)
                objects.WriteSection(section, _next, Position);
        }
        finally
        {
            _packing.Return(batch);
        }

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

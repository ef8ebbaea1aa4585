using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Compression;

/// <summary>
/// Compresses blocks on several threads and returns them in order. Bounded: no more blocks are in flight than there are threads. With one
/// thread, the caller compresses the block itself, without a thread switch. For one caller at a time.
/// </summary>
/// <example>
/// <code>
/// var block = deflater.Rent();
/// block.Write(bytes);
/// if (deflater.IsFull) Use(await deflater.NextAsync());   // makes room; then deflater.Return(thatBlock)
/// deflater.Add(block);
/// while (deflater.Count > 0) Use(await deflater.NextAsync());
/// </code>
/// </example>
internal sealed class BlockDeflater : IAsyncDisposable
{
    private readonly FieldEncoders? _encoders;
    private readonly TableHistory _history = new();
    private readonly OrderedWork<DeflateBlock> _work;

    /// <summary>Makes one.</summary>
    /// <param name="framing">The framing around each block's compressed bytes.</param>
    /// <param name="level">zlib's level, 1 (fastest) to 9 (smallest).</param>
    /// <param name="threads">
    /// The most blocks compressed at once; 1 or more, and with a shape at most <see cref="TableHistory.Lag"/>.
    /// </param>
    /// <param name="shape">The shape of the rows, to compress by field positions; null for zlib.</param>
    public BlockDeflater(DeflateFraming framing, int level, int threads, FieldShape? shape = null)
    {
        _encoders = shape is null ? null : new FieldEncoders(shape);
        _work = new OrderedWork<DeflateBlock>(
            threads, () => new DeflateBlock(framing, level, _encoders), block => _history.Take(block.Made));
    }

    /// <summary>The blocks that were added and not yet taken back.</summary>
    public int Count => _work.Count;

    /// <summary>True when a block must be taken back by <see cref="NextAsync"/> before another is added.</summary>
    public bool IsFull => _work.IsFull;

    /// <summary>True when <see cref="NextAsync"/> completes synchronously.</summary>
    public bool IsNextDone => _work.IsNextDone;

    /// <summary>An empty block to fill.</summary>
    public DeflateBlock Rent() => _work.Rent();

    /// <summary>
    /// Starts compressing a block, which the caller must not touch until it comes back. The first two blocks with field positions are
    /// compressed by the caller.
    /// </summary>
    /// <param name="block">A block of this deflater.</param>
    /// <param name="here">Whether the caller compresses it, regardless of threads.</param>
    /// <exception cref="InvalidOperationException"><see cref="IsFull"/> is true.</exception>
    public void Add(DeflateBlock block, bool here = false)
    {
        var isEarly = _encoders is not null && _history.IsEarly;
        block.Offered = _encoders is null || IsFull ? null : _history.OfferNext();
        _work.Add(block, here || isEarly);
        if (isEarly)
            _history.TakeEarly(block.Made);
    }

    /// <summary>Waits for the oldest block; see <see cref="OrderedWork{T}.NextAsync"/>.</summary>
    /// <returns>The block, compressed; give it back with <see cref="Return"/>.</returns>
    public ValueTask<DeflateBlock> NextAsync() => _work.NextAsync();

    /// <summary>Recycles a block.</summary>
    /// <param name="block">A block of this deflater that is not being compressed.</param>
    public void Return(DeflateBlock block) => _work.Return(block);

    /// <summary>Waits for the blocks in flight, drops them and returns all buffers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        _encoders?.Dispose();
    }
}

using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Compression;

/// <summary>
/// Compresses blocks on several threads and gives them back in the order they came. Bounded: no more blocks are on their way than
/// there are threads. With one thread a block is compressed by the caller, without a hop. For one caller at a time.
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
/// <param name="framing">What stands around each block's compressed bytes.</param>
/// <param name="level">zlib's level, 1 (fastest) to 9 (smallest).</param>
/// <param name="threads">The most blocks compressed at once; 1 or more, and with a shape at most <see cref="TableHistory.Lag"/>.</param>
/// <param name="shape">What is known of the rows, to compress by the places of values; null for zlib.</param>
internal sealed class BlockDeflater(DeflateFraming framing, int level, int threads, FieldShape? shape = null) : IAsyncDisposable
{
    private readonly FieldEncoders? _encoders = shape is null ? null : new FieldEncoders(shape);
    private readonly TableHistory _history = new();
    private readonly Queue<DeflateBlock> _started = new(threads);
    private readonly Stack<DeflateBlock> _free = new(threads + 2);

    /// <summary>The blocks that were added and not yet taken back.</summary>
    public int Count => _started.Count;

    /// <summary>True when a block must be taken back by <see cref="NextAsync"/> before another is added.</summary>
    public bool IsFull => _started.Count >= threads;

    /// <summary>True when <see cref="NextAsync"/> gives a block at once.</summary>
    public bool IsNextDone => _started.TryPeek(out var next) && next.IsDone;

    /// <summary>An empty block to fill.</summary>
    public DeflateBlock Rent() => _free.TryPop(out var block) ? block : new DeflateBlock(framing, level, _encoders);

    /// <summary>Starts to compress a block, which the caller leaves alone until it comes back. The first two with places are
    /// compressed by the caller.</summary>
    /// <param name="block">A block of this deflater.</param>
    /// <param name="here">Whether the caller compresses it, whatever the threads.</param>
    /// <exception cref="InvalidOperationException"><see cref="IsFull"/> is true.</exception>
    public void Add(DeflateBlock block, bool here = false)
    {
        if (IsFull)
            throw new InvalidOperationException("Take the next block back before another is added.");

        var isEarly = _encoders is not null && _history.IsEarly;
        block.Offered = _encoders is null ? null : _history.OfferNext();
        _started.Enqueue(block);
        if (threads == 1 || here || isEarly)
            ((IThreadPoolWorkItem)block).Execute();
        else
            block.Start();

        if (isEarly)
            _history.TakeEarly(block.Made);
    }

    /// <summary>Waits for the oldest block. Waiting isn't canceled: a block takes milliseconds, and its buffers are in use until
    /// then.</summary>
    /// <returns>The block, compressed; give it back with <see cref="Return"/>.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async ValueTask<DeflateBlock> NextAsync()
    {
        var block = _started.Dequeue();
        try
        {
            await block.WaitAsync();
            _history.Take(block.Made);
            return block;
        }
        catch
        {
            Return(block);
            throw;
        }
    }

    /// <summary>Takes a block for its next use.</summary>
    /// <param name="block">A block of this deflater that is not being compressed.</param>
    public void Return(DeflateBlock block)
    {
        block.Clear();
        _free.Push(block);
    }

    /// <summary>Waits for the blocks on their way, drops them and returns all buffers. Blocks the caller still holds are its own to
    /// dispose.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryDequeue(out var block))
        {
            // The fault of a block that nobody wants any more is nobody's concern.
            await block.WaitAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            block.Dispose();
        }

        while (_free.TryPop(out var block))
            block.Dispose();

        _encoders?.Dispose();
    }
}

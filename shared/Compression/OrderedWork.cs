namespace ExportFunctions.Compression;

/// <summary>
/// Has work done on several threads and gives it back in the order it came. Bounded: no more is on its way than there are threads. With one
/// thread the caller does it, without a hop. For one caller at a time.
/// </summary>
/// <param name="threads">The most pieces worked on at once; 1 or more.</param>
/// <param name="make">Makes a piece.</param>
/// <param name="taken">Called with each piece in its turn, before it is given back.</param>
/// <typeparam name="T">A piece of work.</typeparam>
internal sealed class OrderedWork<T>(int threads, Func<T> make, Action<T>? taken = null) : IAsyncDisposable
    where T : PooledWork
{
    private readonly Queue<T> _started = new(threads);
    private readonly Stack<T> _free = new(threads + 2);

    /// <summary>The pieces that were added and not yet taken back.</summary>
    public int Count => _started.Count;

    /// <summary>True when a piece must be taken back by <see cref="NextAsync"/> before another is added.</summary>
    public bool IsFull => _started.Count >= threads;

    /// <summary>True when <see cref="NextAsync"/> gives a piece at once.</summary>
    public bool IsNextDone => _started.TryPeek(out var next) && next.IsDone;

    /// <summary>An empty piece to fill.</summary>
    public T Rent() => _free.TryPop(out var piece) ? piece : make();

    /// <summary>Starts to work on a piece, which the caller leaves alone until it comes back.</summary>
    /// <param name="piece">A piece of this work.</param>
    /// <param name="here">Whether the caller does it, whatever the threads.</param>
    /// <exception cref="InvalidOperationException"><see cref="IsFull"/> is true.</exception>
    public void Add(T piece, bool here = false)
    {
        if (IsFull)
            throw new InvalidOperationException("Take the next piece back before another is added.");

        _started.Enqueue(piece);
        if (threads == 1 || here)
            piece.Execute();
        else
            piece.Start();
    }

    /// <summary>
    /// Waits for the oldest piece. Waiting isn't canceled: a piece takes milliseconds, and its buffers are in use until then.
    /// </summary>
    /// <returns>The piece, done; give it back with <see cref="Return"/>.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async ValueTask<T> NextAsync()
    {
        var piece = _started.Dequeue();
        try
        {
            await piece.WaitAsync();
            taken?.Invoke(piece);
            return piece;
        }
        catch
        {
            Return(piece);
            throw;
        }
    }

    /// <summary>Takes a piece for its next use.</summary>
    /// <param name="piece">A piece of this work that is not being worked on.</param>
    public void Return(T piece)
    {
        piece.Clear();
        _free.Push(piece);
    }

    /// <summary>
    /// Waits for the pieces on their way, drops them and disposes all. Pieces the caller still holds are its own to dispose.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryDequeue(out var piece))
        {
            // The fault of a piece that nobody wants any more is nobody's concern.
            await piece.WaitAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            piece.Dispose();
        }

        while (_free.TryPop(out var piece))
            piece.Dispose();
    }
}

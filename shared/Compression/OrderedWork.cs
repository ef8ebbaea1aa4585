namespace ExportFunctions.Compression;

/// <summary>
/// Runs work items on several threads and returns them in order. Bounded: no more are in flight than there are threads. With one thread,
/// the caller does the work itself, without a thread switch. For one caller at a time.
/// </summary>
/// <param name="threads">The maximum number of items in progress; 1 or more.</param>
/// <param name="make">Creates an item.</param>
/// <param name="taken">Called with each piece in its turn, before it is returned to the caller.</param>
/// <typeparam name="T">The type of work item.</typeparam>
internal sealed class OrderedWork<T>(int threads, Func<T> make, Action<T>? taken = null) : IAsyncDisposable
    where T : PooledWork
{
    private readonly Queue<T> _started = new(threads);
    private readonly Stack<T> _free = new(threads + 2);

    /// <summary>The items that were added and not yet taken back.</summary>
    public int Count => _started.Count;

    /// <summary>True when an item must be taken back by <see cref="NextAsync"/> before another is added.</summary>
    public bool IsFull => _started.Count >= threads;

    /// <summary>True when <see cref="NextAsync"/> completes synchronously.</summary>
    public bool IsNextDone => _started.TryPeek(out var next) && next.IsDone;

    /// <summary>An empty item to fill.</summary>
    public T Rent() => _free.TryPop(out var piece) ? piece : make();

    /// <summary>Starts an item, which the caller must not touch until it comes back.</summary>
    /// <param name="piece">An item of this instance.</param>
    /// <param name="here">Whether the caller does the work, regardless of threads.</param>
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
    /// Waits for the oldest item. Waiting can't be canceled: an item takes milliseconds, and its buffers are in use until then.
    /// </summary>
    /// <returns>The completed item; give it back with <see cref="Return"/>.</returns>
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

    /// <summary>Recycles an item.</summary>
    /// <param name="piece">An item of this instance that is not in progress.</param>
    public void Return(T piece)
    {
        piece.Clear();
        _free.Push(piece);
    }

    /// <summary>
    /// Waits for the items in flight, drops them and disposes all. Items that the caller still holds are the caller's to dispose.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        while (_started.TryDequeue(out var piece))
        {
            // Nobody waits for this item any more, so its exception is ignored.
            await piece.WaitAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            piece.Dispose();
        }

        while (_free.TryPop(out var piece))
            piece.Dispose();
    }
}

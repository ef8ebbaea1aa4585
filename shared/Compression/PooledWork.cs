using System.Threading.Tasks.Sources;

namespace ExportFunctions.Compression;

/// <summary>
/// A work item that runs on a pool thread and is awaited in order; see <see cref="OrderedWork{T}"/>. It is reused, so that an item in
/// steady state allocates nothing.
/// </summary>
internal abstract class PooledWork : IThreadPoolWorkItem, IValueTaskSource, IDisposable
{
    // The continuation runs on the thread that did the work: it writes the result, and switching threads costs more than that.
    private ManualResetValueTaskSourceCore<bool> _done;

    /// <summary>True when the work has completed or failed.</summary>
    public bool IsDone => _done.GetStatus(_done.Version) != ValueTaskSourceStatus.Pending;

    /// <summary>Queues the work to the thread pool.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Does the work synchronously. An exception is passed to whoever waits for it.</summary>
    public void Execute()
    {
        try
        {
            Work();
        }
        catch (Exception fault)
        {
            _done.SetException(fault);
            return;
        }

        _done.SetResult(true);
    }

    /// <summary>Waits for the result, once for each <see cref="Start"/> or <see cref="Execute"/>.</summary>
    public ValueTask WaitAsync() => new(this, _done.Version);

    /// <summary>Resets it for reuse; not while it is in progress.</summary>
    public virtual void Clear() => _done.Reset();

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _done.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Does the work.</summary>
    protected abstract void Work();
}

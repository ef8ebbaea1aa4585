using System.Threading.Tasks.Sources;

namespace ExportFunctions.Compression;

/// <summary>
/// A piece of work that is done on a thread of the pool and waited for in its turn; see <see cref="OrderedWork{T}"/>. It is used again and
/// again, so that a piece in steady state allocates nothing.
/// </summary>
internal abstract class PooledWork : IThreadPoolWorkItem, IValueTaskSource, IDisposable
{
    // The continuation runs where the work was done: it writes the result, and a hop to another thread costs more than that.
    private ManualResetValueTaskSourceCore<bool> _done;

    /// <summary>True when the work has been done or has failed.</summary>
    public bool IsDone => _done.GetStatus(_done.Version) != ValueTaskSourceStatus.Pending;

    /// <summary>Gives the work to the pool's threads.</summary>
    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Does the work here and now. Whatever goes wrong belongs to the one who waits for it.</summary>
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

    /// <summary>Empties it for its next use; not while it is worked on.</summary>
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

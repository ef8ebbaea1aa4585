
namespace ExportFunctions.Storage;

/// <summary>Makes one call for all concurrent callers, and caches its result up to a maximum age.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="time">Measures the result's age.</param>
/// <param name="maxAge">The maximum age of a cached result.</param>
/// <param name="call">The call. It has no cancellation token, since others wait for it as well; it must end on its own.</param>
public sealed class SharedResult<T>(TimeProvider time, TimeSpan maxAge, Func<Task<T>> call)
{
    private readonly Lock _lock = new();
    private Call? _last;

    /// <summary>Returns the cached result, waits for the call in progress, or makes a new one.</summary>
    /// <param name="cancellationToken">Ends the wait, not the call.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last is null || _last.HasExpired(time, maxAge))
                _last = new Call(time, call);

            return _last.Result.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Makes the next caller start a new call. A call in progress continues for those who already wait for it, but its result is not
    /// cached: it may have read data that has changed since.
    /// </summary>
    public void Invalidate()
    {
        lock (_lock)
            _last = null;
    }

    private sealed class Call
    {
        private long _endedAt;

        public Call(TimeProvider time, Func<Task<T>> call) => Result = RunAsync(time, call);

        public Task<T> Result { get; }

        // A failure goes to those who waited for it, and is not cached.
        public bool HasExpired(TimeProvider time, TimeSpan maxAge) =>
            Result.IsCompleted && (!Result.IsCompletedSuccessfully || time.GetElapsedTime(_endedAt) >= maxAge);

        private async Task<T> RunAsync(TimeProvider time, Func<Task<T>> call)
        {
            var result = await call();
            _endedAt = time.GetTimestamp();
            return result;
        }
    }
}


namespace ExportFunctions.Storage;

/// <summary>Makes one call for all who ask at the same time, and gives its result again until that has reached an age.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="time">Measures the result's age.</param>
/// <param name="maxAge">The age up to which a result is given again.</param>
/// <param name="call">The call. It has no cancellation token, since others wait for it as well; it must end by itself.</param>
public sealed class SharedResult<T>(TimeProvider time, TimeSpan maxAge, Func<Task<T>> call)
{
    private readonly Lock _lock = new();
    private Call? _last;

    /// <summary>Gives the last result, waits for the call that is under way, or makes a new one.</summary>
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
    /// Has the next caller make a new call. The one that is under way goes on for those who wait for it, and is told to nobody else: it may
    /// have read what has changed since.
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

        // A failure is told to those who waited for it, and to nobody after them.
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

namespace ExportFunctions.Local.Queues;

/// <summary>
/// Tells idle listeners that a function of this host has just run and may have queued something, so that they look at once instead of at
/// the end of their pause. A signal for nothing costs one look.
/// </summary>
internal sealed class FreshWork
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next signal. Take it before looking, or a signal in between is missed.</summary>
    public Task Next => _next.Task;

    /// <summary>Wakes whoever waits.</summary>
    public void Tell() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}

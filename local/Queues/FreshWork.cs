namespace ExportFunctions.Local.Queues;

/// <summary>
/// Tells idle listeners that a function of this host has just run and may have queued something, so that they poll at once instead of at
/// the end of their pause. A needless signal costs one poll.
/// </summary>
internal sealed class FreshWork
{
    private readonly List<Action> _listeners = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a function has run for the first time.</summary>
    public Task First => _first.Task;

    /// <summary>Adds a listener, before the host starts serving.</summary>
    /// <param name="wake">Wakes it.</param>
    public void Add(Action wake) => _listeners.Add(wake);

    /// <summary>Wakes all listeners.</summary>
    public void Tell()
    {
        _first.TrySetResult();
        _listeners.ForEach(static wake => wake());
    }
}

using System.Security.Cryptography;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>
/// Shares a host's slots among delivery targets. Each target gets one call at a time, and slow targets together get half the slots, so that
/// the others always find one.
/// </summary>
internal sealed class DeliverySlots(TimeProvider time)
{
    // The host processes six messages of a queue at a time (host.json).
    private const int MaxSlowTargets = 3;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Target> _targets = new(StringComparer.Ordinal);

    /// <summary>How long a message stays invisible when its target is busy.</summary>
    public static TimeSpan BusyPause() => TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(5_000, 15_001));

    /// <summary>Takes a slot; waits briefly for one if the target is fast.</summary>
    /// <param name="name">The target; null for deliveries that need no slot.</param>
    /// <returns>The slot, released on disposal; null when the target is busy.</returns>
    public async Task<IDisposable?> TakeAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null)
            return new Place(null, null);

        var start = time.GetTimestamp();
        while (true)
        {
            Task freed;
            lock (_lock)
            {
                if (!_targets.TryGetValue(name, out var target))
                    _targets[name] = target = new Target(name);

                if (target.CalledAt is null && !(target.IsSlow && SlowCalls() >= MaxSlowTargets))
                {
                    target.CalledAt = time.GetTimestamp();
                    return new Place(this, target);
                }

                if (target.CalledAt is not { } calledAt || time.GetElapsedTime(calledAt) >= Patience)
                    return null;
                freed = target.Freed.Task;
            }

            var left = Patience - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return null;

            await Task.WhenAny(freed, Task.Delay(left, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private int SlowCalls() =>
        _targets.Values.Count(target => target.CalledAt is { } calledAt && (target.IsSlow || time.GetElapsedTime(calledAt) >= Slow));

    private void Free(Target target)
    {
        lock (_lock)
        {
            target.IsSlow = target.CalledAt is { } calledAt && time.GetElapsedTime(calledAt) >= Slow;
            target.CalledAt = null;
            target.Freed.SetResult();
            target.Freed = NewSignal();
            if (!target.IsSlow)
                _targets.Remove(target.Name);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Target(string name)
    {
        public string Name => name;

        /// <summary>When the current call began; null when there is none.</summary>
        public long? CalledAt { get; set; }

        /// <summary>Whether its last call was slow.</summary>
        public bool IsSlow { get; set; }

        public TaskCompletionSource Freed { get; set; } = NewSignal();
    }

    private sealed class Place(DeliverySlots? slots, Target? target) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (slots is not null && Interlocked.Exchange(ref _isGiven, 1) == 0)
                slots.Free(target!);
        }
    }
}

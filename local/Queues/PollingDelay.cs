namespace ExportFunctions.Local.Queues;

/// <summary>How long an idle listener waits: doubling from the least to the most, spread so that several hosts don't ask at once.</summary>
/// <param name="least">The first wait.</param>
/// <param name="most">The longest wait.</param>
/// <param name="random">Spreads the waits.</param>
internal sealed class PollingDelay(TimeSpan least, TimeSpan most, Random random)
{
    private const double Spread = 0.2;

    private TimeSpan? _next;

    /// <summary>The wait after another look at an empty queue, up to a fifth shorter than the schedule says.</summary>
    public TimeSpan Next()
    {
        var delay = _next ?? least;
        _next = delay * 2 < most ? delay * 2 : most;
        return delay * (1 - Spread * random.NextDouble());
    }

    /// <summary>Begins anew, when there was a message.</summary>
    public void Reset() => _next = null;
}

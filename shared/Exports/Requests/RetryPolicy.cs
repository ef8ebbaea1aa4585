namespace ExportFunctions.Exports.Requests;

/// <summary>How often an export is tried again after a fault that may pass, and after what pauses. Workers that die count apart.</summary>
/// <param name="Count">The most further tries, 0 to <see cref="MaxRetries"/>.</param>
/// <param name="Delay">The first pause, 1 second to 1 hour; each further one is twice as long.</param>
public sealed record RetryPolicy(int Count, TimeSpan Delay)
{
    /// <summary>The most further tries that can be asked for.</summary>
    public const int MaxRetries = 10;

    /// <summary>The shortest first pause.</summary>
    public static TimeSpan ShortestDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest first pause.</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The pause before a further try: doubling, never longer than <paramref name="max"/>, and at random between half of that and all of
    /// it, so that what failed together doesn't come back together.
    /// </summary>
    /// <param name="retry">The tries made so far; 0 before the first.</param>
    /// <param name="max">The longest pause.</param>
    /// <param name="random">Spreads the pauses.</param>
    public TimeSpan PauseBefore(int retry, TimeSpan max, Random random)
    {
        var full = Math.Min(Delay.TotalSeconds * Math.Pow(2, retry), max.TotalSeconds);
        return TimeSpan.FromSeconds(full * (1 + random.NextDouble()) / 2);
    }
}

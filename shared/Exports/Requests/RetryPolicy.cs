namespace ExportFunctions.Exports.Requests;

/// <summary>
/// How many times an export is retried after a transient error, and with what delays. Attempts lost with their worker are counted
/// separately.
/// </summary>
/// <param name="Count">The most retries, 0 to <see cref="MaxRetries"/>.</param>
/// <param name="Delay">The first delay, 1 second to 1 hour; each further one is twice as long.</param>
public sealed record RetryPolicy(int Count, TimeSpan Delay)
{
    /// <summary>The most retries that can be requested.</summary>
    public const int MaxRetries = 10;

    /// <summary>The shortest first delay.</summary>
    public static TimeSpan MinDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest first delay.</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The delay before a retry: doubling, capped at <paramref name="max"/>, and random between half of that and all of it, so that jobs
    /// that failed together don't retry together.
    /// </summary>
    /// <param name="retry">The retries made so far; 0 before the first.</param>
    /// <param name="max">The longest delay.</param>
    /// <param name="random">Randomizes the delays.</param>
    public TimeSpan PauseBefore(int retry, TimeSpan max, Random random)
    {
        var full = Math.Min(Delay.TotalSeconds * Math.Pow(2, retry), max.TotalSeconds);
        return TimeSpan.FromSeconds(full * (1 + random.NextDouble()) / 2);
    }
}

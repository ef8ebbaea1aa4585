namespace ExportFunctions.Monitoring.Summaries;

/// <summary>The slowest of many exports: at most <see cref="MaxKept"/> are held at any time.</summary>
internal sealed class SlowestExports
{
    /// <summary>The maximum number kept.</summary>
    public const int MaxKept = 50;

    // The fastest one kept is evicted first when a slower one arrives.
    private readonly PriorityQueue<SlowExport, double> _kept = new();

    /// <summary>Whether an export with this duration would be kept.</summary>
    public bool Takes(double seconds) => _kept.Count < MaxKept || (_kept.TryPeek(out _, out var min) && seconds > min);

    public void Add(SlowExport export)
    {
        if (!Takes(export.DurationSeconds))
            return;

        _kept.Enqueue(export, export.DurationSeconds);
        if (_kept.Count > MaxKept)
            _kept.Dequeue();
    }

    /// <summary>All of them, slowest first.</summary>
    public IReadOnlyList<SlowExport> Ordered() =>
        [
            .. _kept.UnorderedItems.Select(item => item.Element)
                .OrderByDescending(export => export.DurationSeconds)
                .ThenBy(export => export.ExportId),
        ];
}

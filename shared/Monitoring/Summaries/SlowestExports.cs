namespace ExportFunctions.Monitoring.Summaries;

/// <summary>The slowest exports of many: no more than <see cref="MaxKept"/> are held at any time.</summary>
internal sealed class SlowestExports
{
    /// <summary>The most that are kept.</summary>
    public const int MaxKept = 50;

    // The quickest of the kept ones goes first when another is slower.
    private readonly PriorityQueue<SlowExport, double> _kept = new();

    /// <summary>Whether one that took so long would be kept.</summary>
    public bool Takes(double seconds) => _kept.Count < MaxKept || (_kept.TryPeek(out _, out var min) && seconds > min);

    public void Add(SlowExport export)
    {
        if (!Takes(export.DurationSeconds))
            return;

        _kept.Enqueue(export, export.DurationSeconds);
        if (_kept.Count > MaxKept)
            _kept.Dequeue();
    }

    /// <summary>All of them, the slowest first.</summary>
    public IReadOnlyList<SlowExport> Ordered() =>
        [
            .. _kept.UnorderedItems.Select(item => item.Element)
                .OrderByDescending(export => export.DurationSeconds)
                .ThenBy(export => export.ExportId),
        ];
}

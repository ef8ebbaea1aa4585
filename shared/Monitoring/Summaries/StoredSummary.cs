namespace ExportFunctions.Monitoring.Summaries;

/// <summary>A day's summary as it is stored: <c>yyyy/MM/dd.summary.json</c>.</summary>
/// <param name="Version">The layout; 1.</param>
/// <param name="Covered">How many bytes of each of the day's files it covers: lines added later are read in addition.</param>
/// <param name="Groups">The attempts of each dataset in each format.</param>
internal sealed record StoredSummary(int Version, IReadOnlyList<long> Covered, IReadOnlyList<StoredGroup> Groups)
{
    /// <summary>The layout this app writes. A summary with another one is made again from the records.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>The attempts of a dataset in a format, as they are stored.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Outcomes">The number of attempts with each outcome, in the order of the outcomes.</param>
/// <param name="Rows">Records written.</param>
/// <param name="Bytes">Bytes of the files.</param>
/// <param name="Duration">Durations in seconds.</param>
/// <param name="RowsPerSecond">Records per second.</param>
/// <param name="QueueWait">Waits in seconds.</param>
/// <param name="Errors">How often each error occurred.</param>
/// <param name="Slowest">The slowest succeeded attempts.</param>
internal sealed record StoredGroup(
    string Dataset,
    string Format,
    long[] Outcomes,
    long Rows,
    long Bytes,
    StoredSketch Duration,
    StoredSketch RowsPerSecond,
    StoredSketch QueueWait,
    Dictionary<string, long> Errors,
    IReadOnlyList<SlowExport> Slowest);

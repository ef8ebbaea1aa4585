using System.Text.Json;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>A bounded-size summary of many attempts, mergeable with others.</summary>
internal sealed class AttemptSummary
{
    // Codes are the app's own and few; codes of a later version must not make the summary grow without limit.
    private const int MaxCodes = 100;

    private readonly long[] _outcomes = new long[AttemptOutcomes.Names.Count];

    /// <summary>Records written by succeeded attempts.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes of the files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Seconds that succeeded attempts took.</summary>
    public QuantileSketch Duration { get; private init; } = new();

    /// <summary>Their records per second.</summary>
    public QuantileSketch RowsPerSecond { get; private init; } = new();

    /// <summary>Seconds that jobs waited for attempts.</summary>
    public QuantileSketch QueueWait { get; private init; } = new();

    /// <summary>How often each error occurred.</summary>
    public Dictionary<string, long> Errors { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>The slowest succeeded attempts.</summary>
    public SlowestExports Slowest { get; } = new();

    /// <summary>The number of attempts with an outcome.</summary>
    public long this[AttemptOutcome outcome] => _outcomes[(int)outcome];

    /// <summary>Counts an attempt.</summary>
    /// <param name="record">The values from its record.</param>
    /// <param name="line">The record's line, which is only parsed when the attempt is among the slowest.</param>
    public void Add(in AttemptValues record, ReadOnlySpan<byte> line)
    {
        _outcomes[(int)record.Outcome]++;
        if (record.ErrorCode is { } code)
            Count(code, 1);
        if (record.Attempt > 0)
            QueueWait.Add(record.QueueWaitSeconds);
        if (record.Outcome != AttemptOutcome.Succeeded)
            return;

        Rows += record.Rows;
        Bytes += record.Bytes;
        Duration.Add(record.DurationSeconds);
        RowsPerSecond.Add(record.RowsPerSecond);
        if (Slowest.Takes(record.DurationSeconds) && JsonSerializer.Deserialize(line, MonitoringJson.Default.AttemptRecord) is { } slow)
            Slowest.Add(SlowExport.Of(slow));
    }

    /// <summary>Merges another summary into this one.</summary>
    public void Add(AttemptSummary other)
    {
        for (var i = 0; i < _outcomes.Length; i++)
            _outcomes[i] += other._outcomes[i];
        Rows += other.Rows;
        Bytes += other.Bytes;
        Duration.Add(other.Duration);
        RowsPerSecond.Add(other.RowsPerSecond);
        QueueWait.Add(other.QueueWait);
        foreach (var (code, count) in other.Errors)
            Count(code, count);
        foreach (var slow in other.Slowest.Ordered())
            Slowest.Add(slow);
    }

    /// <summary>The stored form of the attempts of a dataset in a format.</summary>
    public StoredGroup Store(string dataset, string format) => new(
        dataset, format, _outcomes, Rows, Bytes, Duration.Store(), RowsPerSecond.Store(), QueueWait.Store(), Errors, Slowest.Ordered());

    /// <summary>Restores a summary from its stored form.</summary>
    public static AttemptSummary Of(StoredGroup stored)
    {
        var summary = new AttemptSummary
        {
            Rows = stored.Rows,
            Bytes = stored.Bytes,
            Duration = QuantileSketch.Of(stored.Duration),
            RowsPerSecond = QuantileSketch.Of(stored.RowsPerSecond),
            QueueWait = QuantileSketch.Of(stored.QueueWait),
            Errors = new Dictionary<string, long>(stored.Errors, StringComparer.Ordinal),
        };
        stored.Outcomes.CopyTo(summary._outcomes, 0);
        foreach (var slow in stored.Slowest)
            summary.Slowest.Add(slow);

        return summary;
    }

    private void Count(string code, long count)
    {
        if (Errors.Count < MaxCodes || Errors.ContainsKey(code))
            Errors[code] = Errors.GetValueOrDefault(code) + count;
    }
}

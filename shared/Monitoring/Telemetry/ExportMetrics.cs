using System.Diagnostics;
using System.Diagnostics.Metrics;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// The app's instruments. Tags have bounded sets of values: datasets, formats, outcomes. Ids appear on activities only
/// (<see cref="ExportActivities"/>).
/// </summary>
public sealed class ExportMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Name = ExportActivities.Name;

    private readonly Counter<long> _jobs;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queueWait;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Creates the meter, and disposes it.</param>
    public ExportMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _jobs = meter.CreateCounter<long>(
            "export.jobs", "{attempt}", "Attempts that ended, by outcome: succeeded, failed and canceled end the export.");
        _rows = meter.CreateCounter<long>("export.rows", "{row}", "Records in published files.");
        _bytes = meter.CreateCounter<long>("export.bytes", "By", "Bytes of published files.");
        _duration = meter.CreateHistogram(
            "export.job.duration",
            "s",
            "How long attempts took.",
            advice: Seconds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800));
        _queueWait = meter.CreateHistogram(
            "export.queue.wait",
            "s",
            "How long exports waited for attempts.",
            advice: Seconds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900));
    }

    /// <summary>Counts a completed attempt.</summary>
    /// <param name="record">Its record.</param>
    public void Count(AttemptRecord record)
    {
        var kind = new TagList { { "export.dataset", record.Dataset }, { "export.format", record.Format } };
        var tags = kind;
        tags.Add("export.outcome", record.Outcome.Name());
        _jobs.Add(1, tags);
        if (record.Attempt > 0)
        {
            _duration.Record(record.DurationSeconds, tags);
            _queueWait.Record(record.QueueWaitSeconds, kind);
        }

        if (record.Outcome == AttemptOutcome.Succeeded)
        {
            _rows.Add(record.Rows, kind);
            _bytes.Add(record.Bytes, kind);
        }
    }

    private static InstrumentAdvice<double> Seconds(params IReadOnlyList<double> boundaries) =>
        new() { HistogramBucketBoundaries = boundaries };
}

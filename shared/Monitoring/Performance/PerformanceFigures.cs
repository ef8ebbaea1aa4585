using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Monitoring.Performance;

/// <summary>The figures of a set of attempts.</summary>
/// <param name="Exports">Exports that ended: succeeded, failed or canceled.</param>
/// <param name="Succeeded">Those that succeeded.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Canceled">Those that users stopped.</param>
/// <param name="Retried">Attempts that were retried after a fault.</param>
/// <param name="Released">Attempts that a stopping host released.</param>
/// <param name="Lost">Attempts whose worker died.</param>
/// <param name="SuccessRate">The share of succeeded exports among those that succeeded or failed, 0 to 1; null when there are none.</param>
/// <param name="Rows">Records exported.</param>
/// <param name="Bytes">Bytes of the files.</param>
/// <param name="DurationSeconds">The duration of succeeded attempts; null when there are none.</param>
/// <param name="RowsPerSecond">Records written per second; null when there are none.</param>
/// <param name="QueueWaitSeconds">How long jobs waited for attempts; null when there are none.</param>
public sealed record PerformanceFigures(
    long Exports,
    long Succeeded,
    long Failed,
    long Canceled,
    long Retried,
    long Released,
    long Lost,
    double? SuccessRate,
    long Rows,
    long Bytes,
    Distribution? DurationSeconds,
    Distribution? RowsPerSecond,
    Distribution? QueueWaitSeconds)
{
    internal static PerformanceFigures Of(AttemptSummary summary)
    {
        var (succeeded, failed, canceled) =
            (summary[AttemptOutcome.Succeeded], summary[AttemptOutcome.Failed], summary[AttemptOutcome.Canceled]);
        return new PerformanceFigures(
            succeeded + failed + canceled,
            succeeded,
            failed,
            canceled,
            summary[AttemptOutcome.Retried],
            summary[AttemptOutcome.Released],
            summary[AttemptOutcome.Lost],
            succeeded + failed == 0 ? null : Math.Round((double)succeeded / (succeeded + failed), 4),
            summary.Rows,
            summary.Bytes,
            Distribution.Of(summary.Duration),
            Distribution.Of(summary.RowsPerSecond),
            Distribution.Of(summary.QueueWait));
    }
}

/// <summary>The distribution of values. Mean and maximum are exact; the others are off by at most 1 % of the true value.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The maximum.</param>
public sealed record Distribution(double Mean, double P50, double P95, double P99, double Max)
{
    /// <summary>The maximum error of P50, P95 and P99, as a share of the true value.</summary>
    public const double RelativeError = QuantileSketch.RelativeError;

    internal static Distribution? Of(QuantileSketch sketch) => sketch.Count == 0
        ? null
        : new Distribution(
            Math.Round(sketch.Mean, 4),
            Math.Round(sketch.Quantile(0.5), 4),
            Math.Round(sketch.Quantile(0.95), 4),
            Math.Round(sketch.Quantile(0.99), 4),
            Math.Round(sketch.Max, 4));
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Monitoring.Performance;

/// <summary>What attempts came to.</summary>
/// <param name="Exports">Exports that ended: succeeded, failed or canceled.</param>
/// <param name="Succeeded">Those that succeeded.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Canceled">Those that users stopped.</param>
/// <param name="Retried">Attempts that were tried again after a fault.</param>
/// <param name="Released">Attempts that a stopping host handed back.</param>
/// <param name="Lost">Attempts whose worker died.</param>
/// <param name="SuccessRate">The share of succeeded in succeeded and failed, 0 to 1; null when there are none.</param>
/// <param name="Rows">Records exported.</param>
/// <param name="Bytes">Bytes of the files.</param>
/// <param name="DurationSeconds">How long attempts took that succeeded; null when there are none.</param>
/// <param name="RowsPerSecond">How many records a second they wrote; null when there are none.</param>
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

/// <summary>How values lie. Mean and most are exact; the others are off by at most 1 % of the true value.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="P50">What half of them don't exceed.</param>
/// <param name="P95">What 95 in 100 don't exceed.</param>
/// <param name="P99">What 99 in 100 don't exceed.</param>
/// <param name="Max">The largest.</param>
public sealed record Distribution(double Mean, double P50, double P95, double P99, double Max)
{
    /// <summary>The most that P50, P95 and P99 are off, as a share of the true value.</summary>
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

using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Summaries;
using ExportFunctions.Problems;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>Describes in sentences what stands out in the figures.</summary>
internal static class ReportFindings
{
    // Smaller changes are not worth mentioning.
    private const double News = 0.1;

    public static IReadOnlyList<string> Of(PerformanceSummary summary, IReadOnlyList<SlowExport> slowest)
    {
        var totals = summary.Totals;
        if (totals.Exports == 0)
            return [summary.Before.Exports == 0 ? "No exports ended in this window, nor in the one before." : "No exports ended in this"
                + $" window; in the one before {ReportText.Count(summary.Before.Exports)} did."];

        List<string?> findings =
        [
            $"{ReportText.Count(totals.Exports)} {(totals.Exports == 1 ? "export" : "exports")} ended{Than(summary.Change.Exports, "the window before")}: {ReportText.Count(totals.Rows)} rows in {FileSizes.ToText(totals.Bytes)}.",
            totals.SuccessRate is { } rate
                ? $"{ReportText.Percent(rate)} of those that were not canceled succeeded{RateBefore(summary)}."
                : null,
            totals.DurationSeconds is { } duration
                ? $"Half of the exports took {ReportText.Seconds(duration.P50)} or less, and 95 in 100 took {ReportText.Seconds(duration.P95)} or less{Changed(summary.Change.DurationP95, "longer", "shorter")}."
                : null,
            summary.Errors is [var error, ..] ? $"The most frequent failure was {error.Code}, {ReportText.Times(error.Attempts)}." : null,
            totals.Lost > 0 ? $"{ReportText.Count(totals.Lost)} {(totals.Lost == 1 ? "attempt was" : "attempts were")} lost with {(totals.Lost == 1 ? "its worker" : "their workers")}." : null,
            slowest is [var slow, ..] ? SlowestOf(slow) : null,
        ];
        return [.. findings.OfType<string>()];
    }

    private static string SlowestOf(SlowExport slow)
    {
        var where = (slow.SourceSeconds, slow.WriterSeconds) switch
        {
            ({ } source, { } writer) when source > 2 * writer => ", most of it waiting for the source",
            ({ } source, { } writer) when writer > 2 * source => ", most of it writing the file",
            _ => "",
        };
        return $"The slowest one wrote {ReportText.Count(slow.Rows)} rows of {slow.Dataset} as {slow.Format} in"
            + $" {ReportText.Seconds(slow.DurationSeconds)}{where}.";
    }

    private static string RateBefore(PerformanceSummary summary) =>
        summary.Before.SuccessRate is { } before ? $", after {ReportText.Percent(before)} in the window before" : "";

    private static string Than(double? change, string what) => change switch
    {
        null => "",
        0 => $", as many as in {what}",
        > 0 => $", {ReportText.Percent(change.Value)} more than in {what}",
        _ => $", {ReportText.Percent(-change.Value)} fewer than in {what}",
    };

    private static string Changed(double? change, string more, string less) => change switch
    {
        > News => $", {ReportText.Percent(change.Value)} {more} than before",
        < -News => $", {ReportText.Percent(-change.Value)} {less} than before",
        _ => "",
    };
}

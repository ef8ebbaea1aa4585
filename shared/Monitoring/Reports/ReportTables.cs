using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Problems;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>A table of a report: the first column is text, the others are figures.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>The tables of a report, the same in every format.</summary>
internal static class ReportTables
{
    private static readonly string[] FigureColumns = ["exports", "success", "rows", "size", "p50", "p95", "rows/s (p50)"];

    public static IEnumerable<ReportTable> Of(PerformanceReport report)
    {
        var summary = report.Summary;
        yield return Compared(summary);
        yield return new ReportTable(
            "By format", ["format", .. FigureColumns], [.. summary.Formats.Select(format => Row(format.Name, format.Figures))]);
        yield return new ReportTable(
            "By dataset", ["dataset", .. FigureColumns], [.. summary.Datasets.Select(dataset => Row(dataset.Name, dataset.Figures))]);
        yield return new ReportTable(
            "By day", ["day (UTC)", .. FigureColumns], [.. summary.Days.Select(day => Row(ReportText.Day(day.Day), day.Figures))]);
        if (summary.Errors.Count > 0)
            yield return new ReportTable(
                "Failures of attempts",
                ["code", "attempts"],
                [.. summary.Errors.Select(error => (string[])[error.Code, ReportText.Count(error.Attempts)])]);
        if (report.Slowest.Count > 0)
        {
            yield return new ReportTable(
                "Slowest exports",
                ["export", "dataset", "format", "took", "source", "writer", "rows", "rows/s"],
                [.. report.Slowest.Select(slow => (string[])[
                    slow.ExportId.ToString(),
                    slow.Dataset,
                    slow.Format,
                    ReportText.Seconds(slow.DurationSeconds),
                    ReportText.Seconds(slow.SourceSeconds),
                    ReportText.Seconds(slow.WriterSeconds),
                    ReportText.Count(slow.Rows),
                    ReportText.Rate(slow.RowsPerSecond)])]);
        }
    }

    private static ReportTable Compared(PerformanceSummary summary)
    {
        var (now, before, change) = (summary.Totals, summary.Before, summary.Change);
        return new ReportTable(
            "Compared with the window before",
            ["", "this window", "before", "change"],
            [
                ["Exports", ReportText.Count(now.Exports), ReportText.Count(before.Exports), ReportText.Change(change.Exports)],
                ["Succeeded", Rate(now), Rate(before), change.SuccessRate is { } points ? ReportText.Change(points).Replace(
                    " %", " points", StringComparison.Ordinal) : "–"],
                ["Rows", ReportText.Count(now.Rows), ReportText.Count(before.Rows), ReportText.Change(change.Rows)],
                ["Size of files", FileSizes.ToText(now.Bytes), FileSizes.ToText(before.Bytes), ReportText.Change(change.Bytes)],
                ["Duration, p50", ReportText.Seconds(
                    now.DurationSeconds?.P50), ReportText.Seconds(before.DurationSeconds?.P50), ReportText.Change(change.DurationP50)],
                ["Duration, p95", ReportText.Seconds(
                    now.DurationSeconds?.P95), ReportText.Seconds(before.DurationSeconds?.P95), ReportText.Change(change.DurationP95)],
                ["Rows per second, p50", ReportText.Rate(
                    now.RowsPerSecond?.P50), ReportText.Rate(before.RowsPerSecond?.P50), ReportText.Change(change.RowsPerSecondP50)],
            ]);
    }

    private static string[] Row(string name, PerformanceFigures figures) =>
    [
        name,
        ReportText.Count(figures.Exports),
        Rate(figures),
        ReportText.Count(figures.Rows),
        FileSizes.ToText(figures.Bytes),
        ReportText.Seconds(figures.DurationSeconds?.P50),
        ReportText.Seconds(figures.DurationSeconds?.P95),
        ReportText.Rate(figures.RowsPerSecond?.P50),
    ];

    private static string Rate(PerformanceFigures figures) => figures.SuccessRate is { } rate ? ReportText.Percent(rate) : "–";
}

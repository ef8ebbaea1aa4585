using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ExportFunctions.Problems;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>A report as a self-contained page: no scripts, no external resources, readable in a mail and on paper.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1c2733;background:#f3f5f8;margin:0}
        main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem 3rem;background:#fff}
        h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem}
        h2{font-size:1.1rem;margin:2rem 0 .5rem}
        .tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0}
        .tile{flex:1 1 8.5rem;border:1px solid #dde3ea;border-radius:.5rem;padding:.6rem .9rem}
        .tile b{display:block;font-size:1.5rem;font-weight:600;line-height:1.3}
        .tile span{color:#5a6876;font-size:.85rem}
        .charts{display:flex;flex-wrap:wrap;gap:1rem}
        figure{flex:1 1 25rem;margin:0;border:1px solid #dde3ea;border-radius:.5rem;padding:.75rem}
        figcaption{font-weight:600;font-size:.9rem;margin-bottom:.25rem}
        svg{width:100%;height:auto;display:block}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
        th,td{padding:.35rem .6rem;border-bottom:1px solid #e6ebf0;text-align:right;white-space:nowrap}
        th{color:#5a6876;font-weight:600}
        th:first-child,td:first-child{text-align:left}
        td.id{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.8rem}
        footer{color:#5a6876;font-size:.85rem;margin-top:2rem}
        """;

    public static string Write(PerformanceReport report)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Encode(report.Title)).Append("</title>\n<style>\n").Append(Style).Append(
                "\n</style>\n</head>\n<body>\n<main>\n<h1>").Append(Encode(report.Title)).Append("</h1>\n<ul>\n");
        foreach (var finding in report.Findings)
            page.Append("<li>").Append(Encode(finding)).Append("</li>\n");
        page.Append("</ul>\n");
        AppendTiles(page, report);
        AppendCharts(page, report);
        foreach (var table in ReportTables.Of(report))
            AppendTable(page, table);

        page.Append(CultureInfo.InvariantCulture, $"<footer>Made {report.MadeAt:yyyy-MM-dd HH:mm} UTC. Days are UTC. Durations and rows per second are those of exports that succeeded; p50 and p95 are off by at most 1 %.</footer>\n</main>\n</body>\n</html>\n");
        return page.Replace("\r\n", "\n").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static void AppendTiles(StringBuilder page, PerformanceReport report)
    {
        var (now, change) = (report.Summary.Totals, report.Summary.Change);
        page.Append("<div class=\"tiles\">\n");
        Tile("exports", ReportText.Count(now.Exports), ReportText.Change(change.Exports));
        Tile(
            "succeeded",
            now.SuccessRate is { } rate ? ReportText.Percent(rate) : "–",
            change.SuccessRate is { } points ? ReportText.Change(points).Replace(" %", " points", StringComparison.Ordinal) : "–");
        Tile("rows", ReportText.Count(now.Rows), ReportText.Change(change.Rows));
        Tile("duration, p95", ReportText.Seconds(now.DurationSeconds?.P95), ReportText.Change(change.DurationP95));
        Tile("rows per second, p50", ReportText.Rate(now.RowsPerSecond?.P50), ReportText.Change(change.RowsPerSecondP50));
        page.Append("</div>\n");

        void Tile(string name, string value, string changed) => page
            .Append("<div class=\"tile\"><span>").Append(Encode(name)).Append("</span><b>").Append(Encode(value)).Append("</b><span>")
            .Append(changed == "–" ? "no figure before" : Encode(changed) + " on the window before").Append("</span></div>\n");
    }

    private static void AppendCharts(StringBuilder page, PerformanceReport report)
    {
        var days = report.Summary.Days;
        var labels = days.Select(day => ReportText.Day(day.Day)).ToList();
        page.Append("<div class=\"charts\">\n");
        Figure("Exports by day", BarChart.Draw(
            labels,
            [
                new BarSeries("succeeded", "#2f7d5b", [.. days.Select(day => (double)day.Figures.Succeeded)]),
                new BarSeries("failed", "#c0392b", [.. days.Select(day => (double)day.Figures.Failed)]),
                new BarSeries("canceled", "#9aa7b4", [.. days.Select(day => (double)day.Figures.Canceled)]),
            ],
            ReportText.Count));
        Figure("Duration by day", LineChart.Draw(
            labels,
            [
                new LineSeries("p50", "#2b6cb0", [.. days.Select(day => day.Figures.DurationSeconds?.P50)]),
                new LineSeries("p95", "#b7791f", [.. days.Select(day => day.Figures.DurationSeconds?.P95)]),
            ],
            value => ReportText.Seconds(value)));
        Figure("Rows per second by day, p50", LineChart.Draw(
            labels, [new LineSeries("rows/s", "#2b6cb0", [.. days.Select(day => day.Figures.RowsPerSecond?.P50)])], ReportText.Count));
        Figure("Size of files by day", BarChart.Draw(
            labels, [new BarSeries("bytes", "#4a6fa5", [.. days.Select(day => (double)day.Figures.Bytes)])], FileSizes.ToText));
        page.Append("</div>\n");

        void Figure(string caption, string svg) =>
            page.Append("<figure><figcaption>").Append(Encode(caption)).Append("</figcaption>").Append(svg).Append("</figure>\n");
    }

    private static void AppendTable(StringBuilder page, ReportTable table)
    {
        page.Append("<h2>").Append(Encode(table.Title)).Append("</h2>\n<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (var column in table.Columns)
            page.Append("<th scope=\"col\">").Append(Encode(column)).Append("</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                page.Append(
                    column == 0 && table.Columns[0] == "export" ? "<td class=\"id\">" : "<td>").Append(Encode(row[column])).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }
}

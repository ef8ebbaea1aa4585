using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ExportFunctions.Monitoring.Performance;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>
/// A report as part of a mail. Mail programs render neither SVG nor style sheets reliably: bars are table cells, and all styles are inline.
/// </summary>
internal static class MailReport
{
    private const int MaxRows = 12;
    private const int BarWidth = 220;
    private const string Cell = "padding:4px 8px;border-bottom:1px solid #e6ebf0;white-space:nowrap;font-size:13px";
    private const string Head = Cell + ";color:#5b6472;font-weight:600";

    public static string Write(PerformanceReport report)
    {
        var html = new StringBuilder();
        html.Append("<ul style=\"margin:0 0 16px;padding-left:20px\">");
        foreach (var finding in report.Findings)
            html.Append("<li style=\"margin:0 0 4px\">").Append(Encode(finding)).Append("</li>");
        html.Append("</ul>\n");
        AppendDays(html, report.Summary.Days);
        foreach (var table in ReportTables.Of(report).Where(table => table.Rows.Count > 0))
            AppendTable(html, table);
        return html.ToString();
    }

    private static void AppendDays(StringBuilder html, IReadOnlyList<DayFigures> days)
    {
        var max = Math.Max(days.Select(day => day.Figures.Exports).DefaultIfEmpty(0).Max(), 1);
        AppendTitle(html, "Exports by day");
        html.Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\">\n");
        foreach (var (day, figures) in days)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"padding:3px 12px 3px 0;font-size:13px;color:#5b6472;white-space:nowrap\">{Encode(ReportText.Day(day))}</td><td style=\"padding:3px 0\"><table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\"><tr>");
            AppendBar(html, figures.Succeeded, max, "#2f7d5b");
            AppendBar(html, figures.Failed, max, "#c0392b");
            AppendBar(html, figures.Canceled, max, "#9aa7b4");
            html.Append(CultureInfo.InvariantCulture, $"<td style=\"padding-left:8px;font-size:13px\">{ReportText.Count(figures.Exports)}{(figures.Failed > 0 ? $", {ReportText.Count(figures.Failed)} failed" : "")}</td></tr></table></td></tr>\n");
        }

        html.Append("</table>\n");
    }

    private static void AppendBar(StringBuilder html, long value, long max, string color)
    {
        // Any nonzero value stays visible, however small it is next to the others.
        if (value == 0)
            return;

        html.Append(CultureInfo.InvariantCulture, $"<td width=\"{Math.Max(2, value * BarWidth / max)}\" height=\"14\"");
        html.Append(CultureInfo.InvariantCulture, $" bgcolor=\"{color}\" style=\"font-size:1px;line-height:14px\">&nbsp;</td>");
    }

    private static void AppendTable(StringBuilder html, ReportTable table)
    {
        AppendTitle(html, table.Title);
        html.Append("<table cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\">\n<tr>");
        for (var column = 0; column < table.Columns.Count; column++)
            html.Append(
                CultureInfo.InvariantCulture, $"<th align=\"{Align(column)}\" style=\"{Head}\">{Encode(table.Columns[column])}</th>");
        html.Append("</tr>\n");
        foreach (var row in table.Rows.Take(MaxRows))
        {
            html.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<td align=\"{Align(column)}\" style=\"{Cell}\">{Encode(Short(table, column, row[column]))}</td>");
            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
        if (table.Rows.Count > MaxRows)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p style=\"margin:4px 8px;font-size:13px;color:#5b6472\">and {ReportText.Count(table.Rows.Count - MaxRows)} more</p>\n");
    }

    private static void AppendTitle(StringBuilder html, string title) =>
        html.Append("<h2 style=\"font-size:15px;margin:22px 0 6px\">").Append(Encode(title)).Append("</h2>\n");

    // A mail is narrow: the last part of an export's id is enough to distinguish it from the other nine.
    private static string Short(ReportTable table, int column, string text) =>
        column == 0 && table.Columns[0] == "export" ? "…" + text[^8..] : text;

    private static string Align(int column) => column == 0 ? "left" : "right";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

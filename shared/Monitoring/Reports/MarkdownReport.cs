using System.Globalization;
using System.Text;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>A report as Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(PerformanceReport report)
    {
        var text = new StringBuilder();
        text.Append("# ").AppendLine(Escape(report.Title)).AppendLine();
        foreach (var finding in report.Findings)
            text.Append("- ").AppendLine(Escape(finding));

        foreach (var table in ReportTables.Of(report))
        {
            text.AppendLine().Append("## ").AppendLine(table.Title).AppendLine();
            AppendRow(text, table.Columns);
            AppendRow(text, [.. table.Columns.Select((_, column) => column == 0 ? "---" : "--:")]);
            foreach (var row in table.Rows)
                AppendRow(text, [.. row.Select(Escape)]);
        }

        text.AppendLine().AppendLine(string.Create(
            CultureInfo.InvariantCulture, $"Made {report.MadeAt:yyyy-MM-dd HH:mm} UTC. Days are UTC; p50 and p95 are off by at most 1 %."));
        return text.Replace("\r\n", "\n").ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    // Names come from the datasets file: they must not end a cell or start a link.
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(
            "|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal).Replace(
            "_", "\\_", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("`", "\\`", StringComparison.Ordinal);
}

using System.Text.Json;
using ExportFunctions.Monitoring.Performance;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>Creates reports on the performance of exports: the API returns them, and subscribers receive them by mail.</summary>
public sealed class ReportWriter(PerformanceReader performance, TimeProvider time)
{
    private const int Slowest = 10;

    /// <summary>The window of the weekly report: the seven whole days before today.</summary>
    public PerformanceQuery LastWeek()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return new PerformanceQuery(today.AddDays(-PerformanceQuery.DefaultDays), today);
    }

    /// <summary>Gathers the content of a report.</summary>
    /// <param name="query">The window, and which exports.</param>
    public async Task<PerformanceReport> GatherAsync(PerformanceQuery query, CancellationToken cancellationToken)
    {
        var summary = await performance.ReadAsync(query, cancellationToken);
        var slowest = await performance.SlowestAsync(query, Slowest, cancellationToken);
        var narrowed = string.Join(", ", new[] { query.Dataset, query.Format }.OfType<string>());
        var title = $"Exports, {ReportText.Window(query.From, query.To)}{(narrowed.Length == 0 ? "" : $": {narrowed}")}";
        return new PerformanceReport(title, time.GetUtcNow().UtcDateTime, summary, slowest, ReportFindings.Of(summary, slowest));
    }

    /// <summary>Writes a report.</summary>
    /// <param name="report">Its content.</param>
    /// <param name="format">The format to write.</param>
    public static string Write(PerformanceReport report, ReportFormat format) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(report),
        ReportFormat.Markdown => MarkdownReport.Write(report),
        ReportFormat.Json => JsonSerializer.Serialize(report, MonitoringJson.Default.PerformanceReport),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };

    /// <summary>The media type of a format.</summary>
    /// <param name="format">The format.</param>
    public static string ContentTypeOf(ReportFormat format) => format switch
    {
        ReportFormat.Html => "text/html; charset=utf-8",
        ReportFormat.Markdown => "text/markdown; charset=utf-8",
        ReportFormat.Json => "application/json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };
}

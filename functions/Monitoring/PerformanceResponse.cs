using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>How exports performed, as the API shows it.</summary>
internal sealed record PerformanceResponse(
    DateOnly From,
    DateOnly To,
    string? Dataset,
    string? Format,
    PerformanceFigures Totals,
    PerformanceFigures Before,
    PerformanceChange Change,
    IReadOnlyList<NamedFigures> Formats,
    IReadOnlyList<NamedFigures> Datasets,
    IReadOnlyList<DayFigures> Days,
    IReadOnlyList<ErrorCount> Errors,
    double RelativeError)
{
    public static PerformanceResponse Of(PerformanceSummary summary) => new(
        summary.Query.From,
        summary.Query.To,
        summary.Query.Dataset,
        summary.Query.Format,
        summary.Totals,
        summary.Before,
        summary.Change,
        summary.Formats,
        summary.Datasets,
        summary.Days,
        summary.Errors,
        Distribution.RelativeError);
}

/// <summary>The slowest exports of a window.</summary>
internal sealed record SlowestResponse(DateOnly From, DateOnly To, IReadOnlyList<SlowExport> Items, string? ContinuationToken = null);

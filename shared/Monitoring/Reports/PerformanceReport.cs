using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Monitoring.Reports;

/// <summary>The content of a report.</summary>
/// <param name="Title">Its title, with the window in words.</param>
/// <param name="MadeAt">When it was made, in UTC.</param>
/// <param name="Summary">The figures.</param>
/// <param name="Slowest">The slowest exports.</param>
/// <param name="Findings">What stands out, a sentence each.</param>
public sealed record PerformanceReport(
    string Title, DateTime MadeAt, PerformanceSummary Summary, IReadOnlyList<SlowExport> Slowest, IReadOnlyList<string> Findings);

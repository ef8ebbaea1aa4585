using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Monitoring.Performance;

/// <summary>
/// Summarizes the performance of exports from the daily summaries. Its cost depends on the number of days, datasets and formats, not on
/// that of exports.
/// </summary>
public sealed class PerformanceReader(DaySummaries days)
{
    /// <summary>The maximum number of slowest exports that are available.</summary>
    public const int MaxSlowest = SlowestExports.MaxKept;

    /// <summary>Summarizes a window.</summary>
    /// <param name="query">The window, and which exports.</param>
    public async Task<PerformanceSummary> ReadAsync(PerformanceQuery query, CancellationToken cancellationToken)
    {
        var (totals, before) = (new AttemptSummary(), new AttemptSummary());
        var formats = new SortedDictionary<string, AttemptSummary>(StringComparer.Ordinal);
        var datasets = new SortedDictionary<string, AttemptSummary>(StringComparer.Ordinal);
        var daily = new Dictionary<DateOnly, AttemptSummary>();
        for (var day = query.From; day < query.To; day = day.AddDays(1))
            daily[day] = new AttemptSummary();

        await days.ReadAsync(
            query.Before,
            query.To.AddDays(-1),
            (day, summary) =>
            {
                foreach (var ((dataset, format), group) in summary.Groups.Where(group => query.Takes(group.Key.Dataset, group.Key.Format)))
                {
                    if (day < query.From)
                    {
                        before.Add(group);
                        continue;
                    }

                    totals.Add(group);
                    daily[day].Add(group);
                    Of(formats, format).Add(group);
                    Of(datasets, dataset).Add(group);
                }
            },
            cancellationToken);

        return new PerformanceSummary(
            query,
            PerformanceFigures.Of(totals),
            PerformanceFigures.Of(before),
            Named(formats),
            Named(datasets),
            [.. daily.Select(day => new DayFigures(day.Key, PerformanceFigures.Of(day.Value)))],
            [.. totals.Errors.OrderByDescending(error => error.Value).ThenBy(
                error => error.Key, StringComparer.Ordinal).Select(error => new ErrorCount(error.Key, error.Value))]);
    }

    /// <summary>The slowest succeeded exports of a window, slowest first.</summary>
    /// <param name="query">The window, and which exports.</param>
    /// <param name="count">The maximum number of exports, 1 to <see cref="MaxSlowest"/>.</param>
    public async Task<IReadOnlyList<SlowExport>> SlowestAsync(PerformanceQuery query, int count, CancellationToken cancellationToken)
    {
        var slowest = new SlowestExports();
        await days.ReadAsync(
            query.From,
            query.To.AddDays(-1),
            (_, summary) =>
            {
                foreach (var slow in summary.Groups.Where(
                    group => query.Takes(group.Key.Dataset, group.Key.Format)).SelectMany(group => group.Value.Slowest.Ordered()))
                    slowest.Add(slow);
            },
            cancellationToken);
        return [.. slowest.Ordered().Take(count)];
    }

    private static AttemptSummary Of(SortedDictionary<string, AttemptSummary> summaries, string name)
    {
        if (!summaries.TryGetValue(name, out var summary))
            summaries[name] = summary = new AttemptSummary();
        return summary;
    }

    private static IReadOnlyList<NamedFigures> Named(SortedDictionary<string, AttemptSummary> summaries) =>
        [.. summaries.Select(summary => new NamedFigures(summary.Key, PerformanceFigures.Of(summary.Value)))];
}

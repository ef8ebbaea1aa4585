namespace ExportFunctions.Monitoring.Performance;

/// <summary>The performance of exports in a window of whole UTC days.</summary>
/// <param name="Query">The window, and which exports.</param>
/// <param name="Totals">The figures of all exports.</param>
/// <param name="Before">The figures of the previous window, which has as many days.</param>
/// <param name="Formats">Each format, by name.</param>
/// <param name="Datasets">Each dataset, by name.</param>
/// <param name="Days">Each day of the window, days without exports included.</param>
/// <param name="Errors">The errors of attempts, most frequent first.</param>
public sealed record PerformanceSummary(
    PerformanceQuery Query,
    PerformanceFigures Totals,
    PerformanceFigures Before,
    IReadOnlyList<NamedFigures> Formats,
    IReadOnlyList<NamedFigures> Datasets,
    IReadOnlyList<DayFigures> Days,
    IReadOnlyList<ErrorCount> Errors)
{
    /// <summary>How the window compares with the previous one.</summary>
    public PerformanceChange Change => PerformanceChange.Between(Before, Totals);
}

/// <summary>The figures of a format or dataset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Figures">The figures.</param>
public sealed record NamedFigures(string Name, PerformanceFigures Figures);

/// <summary>The figures of a day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Figures">The figures.</param>
public sealed record DayFigures(DateOnly Day, PerformanceFigures Figures);

/// <summary>How often attempts failed with an error.</summary>
/// <param name="Code">The error code.</param>
/// <param name="Attempts">The number of attempts.</param>
public sealed record ErrorCount(string Code, long Attempts);

/// <summary>
/// The changes of figures, each as a share of its previous value: 0.1 is a tenth more. Null when there is nothing to compare with.
/// </summary>
/// <param name="Exports">Exports that ended.</param>
/// <param name="SuccessRate">The success rate; this one is the difference of the rates.</param>
/// <param name="Rows">Records exported.</param>
/// <param name="Bytes">Bytes of the files.</param>
/// <param name="DurationP50">The median duration.</param>
/// <param name="DurationP95">The 95th percentile of the durations.</param>
/// <param name="RowsPerSecondP50">The median rate.</param>
public sealed record PerformanceChange(
    double? Exports, double? SuccessRate, double? Rows, double? Bytes, double? DurationP50, double? DurationP95, double? RowsPerSecondP50)
{
    /// <summary>The change from one window to the other.</summary>
    /// <param name="before">The previous figures.</param>
    /// <param name="now">The current figures.</param>
    public static PerformanceChange Between(PerformanceFigures before, PerformanceFigures now) => new(
        Share(before.Exports, now.Exports),
        now.SuccessRate is { } rate && before.SuccessRate is { } earlier ? Math.Round(rate - earlier, 4) : null,
        Share(before.Rows, now.Rows),
        Share(before.Bytes, now.Bytes),
        Share(before.DurationSeconds?.P50, now.DurationSeconds?.P50),
        Share(before.DurationSeconds?.P95, now.DurationSeconds?.P95),
        Share(before.RowsPerSecond?.P50, now.RowsPerSecond?.P50));

    private static double? Share(double? before, double? now) =>
        before > 0 && now is { } value ? Math.Round((value - before.Value) / before.Value, 4) : null;
}

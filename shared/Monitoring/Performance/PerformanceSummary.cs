namespace ExportFunctions.Monitoring.Performance;

/// <summary>How exports performed in a window of whole UTC days.</summary>
/// <param name="Query">The window, and which exports.</param>
/// <param name="Totals">All of them.</param>
/// <param name="Before">All of the window before, which has as many days.</param>
/// <param name="Formats">Each format, by name.</param>
/// <param name="Datasets">Each dataset, by name.</param>
/// <param name="Days">Each day of the window, days without exports included.</param>
/// <param name="Errors">What attempts failed of, the most frequent first.</param>
public sealed record PerformanceSummary(
    PerformanceQuery Query,
    PerformanceFigures Totals,
    PerformanceFigures Before,
    IReadOnlyList<NamedFigures> Formats,
    IReadOnlyList<NamedFigures> Datasets,
    IReadOnlyList<DayFigures> Days,
    IReadOnlyList<ErrorCount> Errors)
{
    /// <summary>How the window compares with the one before.</summary>
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

/// <summary>How often attempts failed of something.</summary>
/// <param name="Code">The failure's code.</param>
/// <param name="Attempts">The attempts.</param>
public sealed record ErrorCount(string Code, long Attempts);

/// <summary>
/// How figures changed, each as a share of what it was: 0.1 is a tenth more. Null where there was nothing to compare with.
/// </summary>
/// <param name="Exports">Exports that ended.</param>
/// <param name="SuccessRate">The success rate; this one as the difference of the rates.</param>
/// <param name="Rows">Records exported.</param>
/// <param name="Bytes">Bytes of the files.</param>
/// <param name="DurationP50">What half of the durations don't exceed.</param>
/// <param name="DurationP95">What 95 in 100 durations don't exceed.</param>
/// <param name="RowsPerSecondP50">What half of the rates don't exceed.</param>
public sealed record PerformanceChange(
    double? Exports, double? SuccessRate, double? Rows, double? Bytes, double? DurationP50, double? DurationP95, double? RowsPerSecondP50)
{
    /// <summary>The change from one to the other.</summary>
    /// <param name="before">What was.</param>
    /// <param name="now">What is.</param>
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

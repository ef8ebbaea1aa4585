namespace ExportFunctions.Monitoring.Performance;

/// <summary>Which attempts to summarize: those of whole UTC days.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last one.</param>
/// <param name="Dataset">Only this dataset.</param>
/// <param name="Format">Only this format.</param>
public sealed record PerformanceQuery(DateOnly From, DateOnly To, string? Dataset = null, string? Format = null)
{
    /// <summary>The maximum length of a window in days.</summary>
    public const int MaxDays = 92;

    /// <summary>The default length of a window in days.</summary>
    public const int DefaultDays = 7;

    /// <summary>The number of days.</summary>
    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>The first day of the previous window, which has as many days.</summary>
    public DateOnly Before => From.AddDays(-Days);

    internal bool Takes(string dataset, string format) =>
        (Dataset is null || string.Equals(Dataset, dataset, StringComparison.Ordinal)) && (
            Format is null || string.Equals(Format, format, StringComparison.Ordinal));
}

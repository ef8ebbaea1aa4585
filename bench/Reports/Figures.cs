using System.Globalization;

namespace ExportFunctions.Bench.Reports;

/// <summary>Numbers as people read them, three digits at most where more would be noise.</summary>
internal static class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Thousands of rows a second.</summary>
    public static string Rate(double rowsPerSecond) => string.Create(CultureInfo.InvariantCulture, $"{Short(rowsPerSecond / 1000)} k");

    public static string Short(double value) => value.ToString(
        value switch
        {
            >= 100 => "N0",
            >= 10 => "0.0",
            >= 0.1 => "0.00",
            _ => "0.000",
        },
        CultureInfo.InvariantCulture);
}

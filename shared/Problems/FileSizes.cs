using System.Globalization;

namespace ExportFunctions.Problems;

/// <summary>Formats file sizes for people.</summary>
public static class FileSizes
{
    private const int Thousand = 1000;

    // From here on sizes are written without a decimal: 99.95 would round to 100.0.
    private const double WholeFrom = 99.95;

    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>
    /// Formats a size in the largest unit that fits, by powers of 1,000: <c>999 bytes</c>, <c>15 KB</c>, <c>15.6 MB</c>, <c>312 MB</c>.
    /// </summary>
    /// <param name="bytes">The size, 0 or more.</param>
    public static string ToText(double bytes)
    {
        var unit = 0;
        for (; Rounded(bytes, unit) >= Thousand && unit < Units.Length - 1; unit++)
            bytes /= Thousand;

        var format = unit == 0 || bytes >= WholeFrom ? "0" : "0.#";
        return $"{bytes.ToString(format, CultureInfo.InvariantCulture)} {(unit == 0 && Rounded(bytes, unit) is 1 ? "byte" : Units[unit])}";
    }

    /// <summary>Moves to the next unit when rounding reaches 1,000: 999.95 KB would read 1000 KB, so it becomes 1 MB.</summary>
    private static double Rounded(double value, int unit) =>
        Math.Round(value, unit == 0 || value >= WholeFrom ? 0 : 1, MidpointRounding.AwayFromZero);
}

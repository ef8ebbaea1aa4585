using System.Globalization;

namespace ExportFunctions.Problems;

/// <summary>Sizes of files as people read them.</summary>
public static class FileSizes
{
    private const int Thousand = 1000;

    // From here on a size has no decimal: 99.95 would be written as 100.0.
    private const double WholeFrom = 99.95;

    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>
    /// Writes a size in the unit that it is at least one of, by powers of 1,000: <c>999 bytes</c>, <c>15 KB</c>, <c>15.6 MB</c>, <c>312
    /// MB</c>.
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

    /// <summary>What is written: 999.95 KB would be 1000 KB, and so is 1 MB.</summary>
    private static double Rounded(double value, int unit) =>
        Math.Round(value, unit == 0 || value >= WholeFrom ? 0 : 1, MidpointRounding.AwayFromZero);
}

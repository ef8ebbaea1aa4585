using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>Whether a reader's cell holds the value that went in.</summary>
internal static class CellExpectation
{
    private static readonly DateOnly FirstDate = new(1900, 3, 1);
    private static readonly DateTime SerialEpoch = new(1899, 12, 30);

    /// <summary>The value as a text, where the cell is one; null for typed cells.</summary>
    public static string? TextOf(object? value, DatasetColumn column) => value switch
    {
        string text => text,
        long number when Math.Abs((decimal)number) >= 1e15m => number.ToString(CultureInfo.InvariantCulture),
        decimal number when !FitsExcel(number) => number.ToString(
            column.Scale is { } scale ? "F" + scale.ToString(CultureInfo.InvariantCulture) : null, CultureInfo.InvariantCulture),
        DateOnly date when date < FirstDate => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Whether a typed cell holds the value, as its type or, from readers without types, as a text that says the same.</summary>
    public static bool Holds(object value, string cell) => value switch
    {
        bool flag => cell[2..].Equals(
            flag ? "true" : "false", StringComparison.OrdinalIgnoreCase) || (cell is "x:1" or "x:0" && cell == (flag ? "x:1" : "x:0")),
        DateOnly date => IsTime(date.ToDateTime(default), cell),
        DateTime time => IsTime(time, cell),
        TimeOnly time => IsTimeOfDay(time, cell),
        _ => double.TryParse(cell.AsSpan(2), CultureInfo.InvariantCulture, out var number) && number.Equals(
            Convert.ToDouble(value, CultureInfo.InvariantCulture)),
    };

    private static bool IsTime(DateTime time, string cell)
    {
        if (double.TryParse(cell.AsSpan(2), CultureInfo.InvariantCulture, out var serial))
            return (SerialEpoch.AddDays(serial) - time).Duration() <= TimeSpan.FromMilliseconds(1);

        return DateTime.TryParse(
            cell.AsSpan(2),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var read) && (read - time).Duration() <= TimeSpan.FromMilliseconds(1);
    }

    private static bool IsTimeOfDay(TimeOnly time, string cell)
    {
        if (double.TryParse(cell.AsSpan(2), CultureInfo.InvariantCulture, out var fraction))
            return Math.Abs(fraction - (time.Ticks / (double)TimeSpan.TicksPerDay)) < 1e-8;

        return DateTime.TryParse(
            cell.AsSpan(2),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var read) && IsNear(read.TimeOfDay - time.ToTimeSpan());
    }

    // Midnight is near the last millisecond of a day.
    private static bool IsNear(TimeSpan difference) =>
        Math.Min(difference.Duration().Ticks, TimeSpan.TicksPerDay - difference.Duration().Ticks) <= TimeSpan.TicksPerMillisecond;

    private static bool FitsExcel(decimal number) =>
        number.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length <= 15;
}

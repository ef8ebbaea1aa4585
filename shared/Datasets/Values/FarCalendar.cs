using System.Globalization;

namespace ExportFunctions.Datasets.Values;

/// <summary>Formats dates outside the years 1 to 9999, as PostgreSQL does: <c>0044-03-15 BC</c>, <c>12024-01-01</c>.</summary>
internal static class FarCalendar
{
    private const long DaysPerEra = 146_097;
    private const int YearsPerEra = 400;

    // From 0000-03-01, where the computational year begins, to 0001-01-01.
    private const long DaysToYearOne = 306;

    /// <summary>A date, with an optional time of day.</summary>
    /// <param name="days">Days since 0001-01-01, in the proleptic Gregorian calendar.</param>
    /// <param name="clock">The time of day; null for a date alone.</param>
    /// <param name="zone">The text after the time.</param>
    public static string ToText(long days, TimeSpan? clock, string zone)
    {
        // Eras of 400 years that begin in March, so that a leap day is the last day of its year.
        var shifted = days + DaysToYearOne;
        var era = Math.DivRem(shifted, DaysPerEra, out var day);
        if (day < 0)
            (era, day) = (era - 1, day + DaysPerEra);

        var yearOfEra = (day - (day / 1460) + (day / 36_524) - (day / 146_096)) / 365;
        var dayOfYear = day - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var month = ((5 * dayOfYear) + 2) / 153;
        var dayOfMonth = dayOfYear - (((153 * month) + 2) / 5) + 1;
        month += month < 10 ? 3 : -9;
        var year = (era * YearsPerEra) + yearOfEra + (month <= 2 ? 1 : 0);

        var time = clock is { } present ? " " + present.ToString(
            present.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture) + zone : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{(year > 0 ? year : 1 - year):D4}-{month:D2}-{dayOfMonth:D2}{time}{(year > 0 ? "" : " BC")}");
    }
}

using System.Globalization;

namespace ExportFunctions.Datasets.Values;

/// <summary>
/// Dates and times that a database stores as numbers (<see cref="StoredForm"/>). Filters compare such numbers in the database itself: see
/// <see cref="NumberOf"/>.
/// </summary>
internal static class StoredTimes
{
    private const double MillisecondsPerDay = 86_400_000;

    // More than the microseconds of all supported years.
    private const decimal MaxNumber = 1e18m;

    // https://sqlite.org/lang_datefunc.html: 0001-01-01T00:00:00Z.
    private const double FirstJulianDay = 1_721_425.5;

    // The days from 0001-01-01 to 1899-12-30, which makes 61 the 1 March 1900. Numbers below 60 are a day later: 60 is 29 February 1900,
    // which never existed.
    private const double ExcelDays = 693_593;
    private const double ExcelLeapDay = 60;

    /// <summary>True for the forms that count days as floating-point numbers, with millisecond resolution.</summary>
    public static bool IsInDays(StoredForm form) => form is StoredForm.JulianDay or StoredForm.ExcelSerial;

    /// <summary>The time that a number stands for; false when it is outside the years 1 to 9999.</summary>
    /// <param name="form">What the number counts.</param>
    /// <param name="text">The number's digits.</param>
    /// <param name="ticks">The time, in ticks since the year 1.</param>
    /// <param name="isTruncated">Whether it was truncated to 100 nanoseconds.</param>
    public static bool TryRead(StoredForm form, ReadOnlySpan<byte> text, out long ticks, out bool isTruncated)
    {
        (ticks, isTruncated) = (0, false);
        if (DecimalReading.Read(text, scale: null, minScale: 0, out var number) is not NumberReading.Exact)
            return false;

        if (IsInDays(form))
            return TryReadDays(form, (double)number, out ticks);

        // Checked first, since the product of a larger number would overflow a decimal.
        if (Math.Abs(number) > MaxNumber)
            return false;

        var exact = number * TicksOf(form);
        if (exact < -DateTime.UnixEpoch.Ticks || exact > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks)
            return false;

        var whole = decimal.Floor(exact);
        isTruncated = whole != exact;
        ticks = DateTime.UnixEpoch.Ticks + (long)whole;
        return true;
    }

    /// <summary>
    /// The number that a time is stored as, to be compared with stored numbers: in milliseconds for the forms in days, calculated as in
    /// <see cref="TryRead"/>.
    /// </summary>
    /// <param name="form">What the number counts.</param>
    /// <param name="ticks">The time, in ticks since the year 1.</param>
    public static decimal NumberOf(StoredForm form, long ticks) => IsInDays(form)
        ? decimal.Divide(ticks, TimeSpan.TicksPerMillisecond)
        : decimal.Divide(ticks - DateTime.UnixEpoch.Ticks, TicksOf(form));

    /// <summary>The SQL for the milliseconds of a number in a form in days, calculated as in <see cref="TryRead"/>.</summary>
    /// <param name="form">What the number counts.</param>
    /// <param name="number">The number as SQL, floating-point.</param>
    public static string MillisecondsSql(StoredForm form, string number)
    {
        var since = form == StoredForm.JulianDay
            ? string.Create(CultureInfo.InvariantCulture, $"{number} - {FirstJulianDay}")
            : string.Create(
                CultureInfo.InvariantCulture, $"{number} + {ExcelDays} + CASE WHEN {number} < {ExcelLeapDay} THEN 1 ELSE 0 END");
        return string.Create(CultureInfo.InvariantCulture, $"floor(({since}) * {MillisecondsPerDay} + 0.5)");
    }

    private static decimal TicksOf(StoredForm form) => form switch
    {
        StoredForm.UnixSeconds => TimeSpan.TicksPerSecond,
        StoredForm.UnixMilliseconds => TimeSpan.TicksPerMillisecond,
        StoredForm.UnixMicroseconds => TimeSpan.TicksPerMicrosecond,
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    private static bool TryReadDays(StoredForm form, double days, out long ticks)
    {
        ticks = 0;
        if (form == StoredForm.ExcelSerial && days is < 0 or (>= ExcelLeapDay and < ExcelLeapDay + 1))
            return false;

        var since = form == StoredForm.JulianDay ? days - FirstJulianDay : days + ExcelDays + (days < ExcelLeapDay ? 1 : 0);
        var milliseconds = Math.Floor((since * MillisecondsPerDay) + 0.5);
        if (milliseconds < 0 || milliseconds > DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond)
            return false;

        ticks = (long)milliseconds * TimeSpan.TicksPerMillisecond;
        return true;
    }
}

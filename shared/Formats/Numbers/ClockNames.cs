using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats.Numbers;

/// <summary>The names of months, days and halves of the day in one language, in the Gregorian calendar.</summary>
internal sealed class ClockNames
{
    private readonly byte[][] _months;
    private readonly byte[][] _monthsOfDays;
    private readonly byte[][] _shortMonths;
    private readonly byte[][] _shortMonthsOfDays;
    private readonly byte[][] _initials;
    private readonly byte[][] _days;
    private readonly byte[][] _shortDays;

    /// <summary>Takes the names of a culture.</summary>
    /// <param name="culture">The culture.</param>
    public ClockNames(CultureInfo culture)
    {
        var format = InGregorian(culture);
        _months = Encode(format.MonthNames);
        _monthsOfDays = Encode(format.MonthGenitiveNames);
        _shortMonths = Encode(format.AbbreviatedMonthNames);
        _shortMonthsOfDays = Encode(format.AbbreviatedMonthGenitiveNames);
        _initials = Encode([.. format.MonthNames.Select(name => name.Length == 0 ? "" : StringInfo.GetNextTextElement(name))]);
        _days = Encode(format.DayNames);
        _shortDays = Encode(format.AbbreviatedDayNames);
        BeforeNoon = Encoding.UTF8.GetBytes(format.AMDesignator.Length == 0 ? "AM" : format.AMDesignator);
        AfterNoon = Encoding.UTF8.GetBytes(format.PMDesignator.Length == 0 ? "PM" : format.PMDesignator);
        byte[][][] all = [_months, _monthsOfDays, _shortMonths, _shortMonthsOfDays, _days, _shortDays, [BeforeNoon, AfterNoon]];
        MaxBytes = all.Max(names => names.Max(name => name.Length));
    }

    /// <summary>What stands for the morning.</summary>
    public byte[] BeforeNoon { get; }

    /// <summary>What stands for the afternoon.</summary>
    public byte[] AfterNoon { get; }

    /// <summary>The bytes of the longest name.</summary>
    public int MaxBytes { get; }

    /// <summary>A month's name.</summary>
    /// <param name="month">The month, from 1.</param>
    /// <param name="letters">3 for the short name, 4 for the name, 5 for its first letter.</param>
    /// <param name="isOfDay">Whether a day of the month stands beside it, which some languages say in another case.</param>
    public byte[] Month(int month, int letters, bool isOfDay) => letters switch
    {
        3 => (isOfDay ? _shortMonthsOfDays : _shortMonths)[month - 1],
        4 => (isOfDay ? _monthsOfDays : _months)[month - 1],
        _ => _initials[month - 1],
    };

    /// <summary>A weekday's name.</summary>
    /// <param name="day">The weekday.</param>
    /// <param name="letters">3 for the short name, 4 for the name.</param>
    public byte[] Day(DayOfWeek day, int letters) => (letters == 3 ? _shortDays : _days)[(int)day];

    /// <summary>
    /// A culture's notation of dates in the Gregorian calendar, which spreadsheets count by whatever the culture's own is.
    /// </summary>
    /// <param name="culture">The culture.</param>
    public static DateTimeFormatInfo InGregorian(CultureInfo culture)
    {
        if (culture.DateTimeFormat.Calendar is GregorianCalendar)
            return culture.DateTimeFormat;

        var gregorian = Array.Find(culture.OptionalCalendars, calendar => calendar is GregorianCalendar);
        if (gregorian is null)
            return CultureInfo.InvariantCulture.DateTimeFormat;

        var format = (DateTimeFormatInfo)culture.DateTimeFormat.Clone();
        format.Calendar = gregorian;
        return format;
    }

    private static byte[][] Encode(string[] names) => [.. names.Select(Encoding.UTF8.GetBytes)];
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>The signs and names that number formats take from the reader's culture.</summary>
internal sealed class FormatCulture
{
    private readonly ConcurrentDictionary<string, ClockNames> _otherNames = new(StringComparer.Ordinal);
    private readonly int[] _groups;

    /// <summary>Takes the signs of a culture.</summary>
    /// <param name="culture">The culture.</param>
    /// <param name="blank">What holds the place of a digit that isn't there.</param>
    public FormatCulture(CultureInfo culture, string blank = " ")
    {
        DecimalSign = Encoding.UTF8.GetBytes(culture.NumberFormat.NumberDecimalSeparator);
        GroupSign = Encoding.UTF8.GetBytes(culture.NumberFormat.NumberGroupSeparator);
        _groups = culture.NumberFormat.NumberGroupSizes is [0] or [] ? [] : culture.NumberFormat.NumberGroupSizes;
        var clock = ClockNames.InGregorian(culture);
        DateSign = Encoding.UTF8.GetBytes(clock.DateSeparator);
        TimeSign = Encoding.UTF8.GetBytes(clock.TimeSeparator);
        Names = new ClockNames(culture);
        Blank = Encoding.UTF8.GetBytes(blank);
    }

    /// <summary>English without a country: <c>1,234.5</c>.</summary>
    public static FormatCulture Invariant { get; } = new(CultureInfo.InvariantCulture);

    /// <summary>Stands between ones and tenths.</summary>
    public byte[] DecimalSign { get; }

    /// <summary>Stands between groups of digits.</summary>
    public byte[] GroupSign { get; }

    /// <summary>Stands between day, month and year where a format has <c>/</c>.</summary>
    public byte[] DateSign { get; }

    /// <summary>Stands between hours, minutes and seconds where a format has <c>:</c>.</summary>
    public byte[] TimeSign { get; }

    /// <summary>Holds the place of a digit that isn't there.</summary>
    public byte[] Blank { get; }

    /// <summary>The names of months and days.</summary>
    public ClockNames Names { get; }

    /// <summary>True when a group ends left of a place.</summary>
    /// <param name="place">The place: 0 for ones.</param>
    public bool IsGroupEnd(int place)
    {
        // The common case first: groups of three throughout.
        if (_groups is [3])
            return place % 3 == 0 && place > 0;

        var edge = 0;
        for (var i = 0; edge < place; i++)
        {
            var size = _groups.Length == 0 ? 0 : _groups[Math.Min(i, _groups.Length - 1)];
            if (size == 0)
                return false;

            edge += size;
        }

        return edge == place && place > 0;
    }

    /// <summary>The names for a section: those of its locale, or this culture's.</summary>
    /// <param name="locale">The section's locale.</param>
    public ClockNames NamesOf(FormatLocale? locale)
    {
        if (locale?.FindCulture() is not { } culture)
            return Names;

        return _otherNames.GetOrAdd(culture.Name, static (_, culture) => new ClockNames(culture), culture);
    }
}

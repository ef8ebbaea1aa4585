using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats.Numbers;

/// <summary>A culture's own way to write dates and times, as number formats.</summary>
internal static class CulturePattern
{
    /// <summary>A date in figures, such as <c>d/m/yyyy</c>.</summary>
    public static string DateOf(CultureInfo culture) => Translate(ClockNames.InGregorian(culture).ShortDatePattern);

    /// <summary>A time with seconds, such as <c>h:mm:ss</c>.</summary>
    public static string TimeOf(CultureInfo culture) => Translate(ClockNames.InGregorian(culture).LongTimePattern);

    // From .NET's notation: M is the month, H the hour of 24, tt the half of the day, text stands between apostrophes, g is the era.
    private static string Translate(string pattern)
    {
        var format = new StringBuilder();
        var isText = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var sign = pattern[i];
            if (sign == '\'')
                isText = !isText;
            else if (isText || (!char.IsAsciiLetter(sign) && sign is not ('/' or ':' or '.' or '-' or ' ')))
                format.Append('\\').Append(sign);
            else if (sign == 't')
                format.Append(i > 0 && pattern[i - 1] == 't' ? "" : "AM/PM");
            else if (sign == 'y')
                format.Append(IsLone(pattern, i) ? "yyyy" : "y");
            else if (sign is not ('g' or 'z' or 'K'))
                format.Append(char.ToLowerInvariant(sign));
        }

        return format.ToString().Trim();
    }

    private static bool IsLone(string pattern, int index) =>
        (index == 0 || pattern[index - 1] != pattern[index]) && (index + 1 == pattern.Length || pattern[index + 1] != pattern[index]);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>A currency symbol and the locale for a section's names: <c>[$€-408]</c>, <c>[$-el-GR]</c>.</summary>
/// <param name="Symbol">The displayed symbol; may be empty.</param>
/// <param name="Name">The locale as written: a Windows LCID in hexadecimal digits or a BCP 47 name; empty for none.</param>
internal sealed partial record FormatLocale(string Symbol, string Name)
{
    /// <summary>Reads the text between the brackets, starting with the dollar sign; null when it is no locale.</summary>
    public static FormatLocale? Read(string inside)
    {
        var dash = inside.IndexOf('-', StringComparison.Ordinal);
        var symbol = dash < 0 ? inside[1..] : inside[1..dash];
        var name = dash < 0 ? "" : inside[(dash + 1)..];
        if (dash < 0 ? symbol.Length == 0 : !NamePattern().IsMatch(name))
            return null;

        return new FormatLocale(symbol, name);
    }

    /// <summary>The culture of the locale; null when there is none or this machine doesn't have it.</summary>
    public CultureInfo? FindCulture()
    {
        // Calendar and numerals follow a comma.
        var name = Name.Split(',')[0];
        try
        {
            if (name.Length is 0 or > 32 || name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
                return null;

            if (!IsNumber(name))
                return CultureInfo.GetCultureInfo(name, predefinedOnly: true);

            // The upper half selects numerals and calendar; F800 and F400 are the machine's own formats.
            var number = (int)(uint.Parse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0xFFFF);
            if (number is 0 or 0xF800 or 0xF400)
                return null;

            // FC19 is Russian with months in the genitive, which 0419 uses next to a day anyway.
            return CultureInfo.GetCultureInfo((number & 0xFF00) == 0xFC00 ? 0x0400 | (number & 0xFF) : number);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static bool IsNumber(string name) => name.All(char.IsAsciiHexDigit) && (name.Length > 3 || name.Any(char.IsAsciiDigit));

    [GeneratedRegex("^(?:[0-9A-Fa-f]{1,8}|(?:[xX]-sys(?:date|time)|[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)(?:,[0-9A-Fa-f]{1,8})?)\\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}

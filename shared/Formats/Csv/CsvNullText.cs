using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExportFunctions.Formats.Csv;

/// <summary>The valid texts for a null: nothing that could be a column's value, nor anything that a spreadsheet would run.</summary>
internal static class CsvNullText
{
    public const string Expected =
        "Must be 1 to 32 printable characters without quotes, commas, semicolons and bars, no number, true or false, "
        + "and not the beginning of a formula, such as \"NULL\" or \"-\".";

    public static string? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= 32 } text)
            return null;

        return text.All(IsPrintable) && !IsValue(text) && (text == "-" || !FormulaText.Begins(Encoding.UTF8.GetBytes(text))) ? text : null;
    }

    // Surrogates are refused because they may be lone, and U+FFFD because it replaces what could not be written.
    private static bool IsPrintable(char sign) =>
        !char.IsControl(sign) && !char.IsSurrogate(sign)
            && sign is not ('"' or '\'' or ',' or ';' or '|' or '\uFFFD' or '\u2028' or '\u2029');

    private static bool IsValue(string text) =>
        char.IsAsciiDigit(text[0])
        || bool.TryParse(text, out _)
        || decimal.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _);
}

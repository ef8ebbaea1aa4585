using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>The rules by which texts are defused, said once more, in characters and patterns.</summary>
internal static partial class CellOracle
{
    private const string Signs = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The text with its apostrophes.</summary>
    public static string Defuse(string text, char delimiter)
    {
        var defused = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (CellAt(text, at, delimiter) is { } cell
                && (BeginsWithSign(cell, at > 0, delimiter) || (at == 0 && text[0] is '\t' or '\r' or '\n'))
                && !(IsPlainNumber(cell) && (at == 0 || cell.Any(char.IsAsciiDigit))))
                defused.Append('\'');

            defused.Append(text[at]);
        }

        return defused.ToString();
    }

    /// <summary>True when a cell that begins within the text is a number with a sign, and goes on behind the text.</summary>
    public static bool EndsInOpenNumber(string text, char delimiter) => Enumerable.Range(1, Math.Max(0, text.Length - 1)).Any(at =>
        CellAt(text, at, delimiter) is { } cell && BeginsWithSign(cell, isInner: true, delimiter) && IsPlainNumber(cell)
            && cell.Any(char.IsAsciiDigit) && at + cell.Length == text.Length && text[at - 1] != delimiter);

    /// <summary>True for a number with a sign, spaced as people like, that can't be worked out.</summary>
    public static bool IsPlainNumber(string cell) =>
        Exponent().IsMatch(cell) || (Digits().IsMatch(cell) && (cell.Any(char.IsAsciiDigit) ? !cell.TrimStart(
            ' ',
            '\u00A0',
            '\u2007',
            '\u2009',
            '\u202F')[1..].Contains('-', StringComparison.Ordinal) || Asunder().IsMatch(cell) : !cell.AsSpan().ContainsAny(".,()%")));

    /// <summary>What may end a cell.</summary>
    public static string Ends(char delimiter) => ",;\t|\r\n" + delimiter;

    /// <summary>True for a sign that no number follows.</summary>
    public static bool IsSignAlone(string text) => IsPlainNumber(text) && !text.Any(char.IsAsciiDigit);

    // The cell that a reader may see begin at a place, as far as it can reach within the text.
    private static string? CellAt(string text, int at, char delimiter)
    {
        if (at == 0)
            return text;
        if (!Ends(delimiter).Contains(text[at - 1], StringComparison.Ordinal))
            return null;

        var end = text.IndexOfAny(text[at - 1] == '\t' ? ['\r', '\n'] : [text[at - 1], '\r', '\n'], at);
        return end < 0 ? text[at..] : text[at..end];
    }

    private static bool BeginsWithSign(string cell, bool isInner, char delimiter)
    {
        foreach (var rune in cell.EnumerateRunes())
        {
            if (rune.IsBmp && Signs.Contains((char)rune.Value, StringComparison.Ordinal))
                return true;
            if (isInner && rune.IsBmp && Ends(delimiter).Contains((char)rune.Value, StringComparison.Ordinal))
                return false;
            if (!(isInner && rune.Value == '"')
                && !Rune.IsWhiteSpace(rune)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                return false;
        }

        return false;
    }

    [GeneratedRegex(
        @"^[ \u00A0\u2007\u2009\u202F]*[+-][0-9 \u00A0\u2007\u2009\u202F(),.-]*%?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"[0-9][ \u00A0\u2007\u2009\u202F()]+[0-9]",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Asunder();

    [GeneratedRegex(
        @"^[ \u00A0\u2007\u2009\u202F]*[+-][0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Exponent();
}

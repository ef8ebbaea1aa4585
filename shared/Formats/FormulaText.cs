using System.Buffers;
using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats;

/// <summary>
/// Recognizes text that a spreadsheet may run as a formula. It begins with one of OWASP's characters: <c>= + - @</c>, their full-width
/// forms, TAB, CR or LF. Spaces, control characters and invisible characters before a sign are skipped, because some programs drop them on
/// import.
/// </summary>
internal static class FormulaText
{
    /// <summary>True when the text may be run as a formula.</summary>
    /// <param name="utf8">The text.</param>
    public static bool Begins(ReadOnlySpan<byte> utf8)
    {
        // Digits and the letters of ASCII, Latin, Greek, Cyrillic and Hebrew (first bytes C3 to D7) decide it at once.
        if (utf8.IsEmpty || utf8[0] is (>= (byte)'0' and <= (byte)'9') or (> (byte)'@' and < 0xC2 and not 0x7F) or (>= 0xC3 and <= 0xD7))
            return false;

        return utf8[0] is (byte)'\t' or (byte)'\r' or (byte)'\n' || BeginsWithSign(utf8);
    }

    /// <summary>True for the characters that begin a formula.</summary>
    /// <param name="rune">The character.</param>
    public static bool IsSign(Rune rune) => rune.Value is '=' or '+' or '-' or '@' or 0xFF1D or 0xFF0B or 0xFF0D or 0xFF20;

    /// <summary>True for the characters that some programs drop before a formula.</summary>
    /// <param name="rune">The character.</param>
    public static bool IsLookedThrough(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static bool BeginsWithSign(ReadOnlySpan<byte> utf8)
    {
        while (Rune.DecodeFromUtf8(utf8, out var rune, out var length) == OperationStatus.Done)
        {
            if (IsSign(rune))
                return true;

            if (!IsLookedThrough(rune))
                return false;

            utf8 = utf8[length..];
        }

        return false;
    }
}

using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Writes text into sheet XML so that it reads back as it was: markup as entities, control characters as <c>_x0007_</c> and text that
/// looks like that as <c>_x005F_x0007_</c> (ST_Xstring, ECMA-376 part 1, 22.9.2.19). What XML cannot hold at all is replaced by U+FFFD.
/// </summary>
internal static class SheetText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(value => value is not ('\t' or '\n')).Select(
            value => (byte)value), (byte)'&', (byte)'<', (byte)'>', (byte)'"', (byte)'\'', (byte)'_', 0xEF]);

    /// <summary>Appends a text, escaping what must be.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="text">The text.</param>
    /// <returns>True when a character had to be replaced.</returns>
    public static bool Append(SheetBuffer buffer, ReadOnlySpan<byte> text)
    {
        // Text comes from databases; one stray byte would make the whole workbook unreadable.
        if (!Utf8.IsValid(text))
        {
            AppendValid(buffer, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text)));
            return true;
        }

        return AppendValid(buffer, text);
    }

    /// <summary>
    /// True when a text holds what looks like an attribute in apostrophes, which <see cref="SheetTextCopy"/> takes for ordinary text:
    /// where cells have no references of their own, readers that look for <c>r='A1'</c> with a pattern find it.
    /// </summary>
    public static bool LooksLikeAttribute(ReadOnlySpan<byte> text) => text.IndexOf("='"u8) >= 0;

    /// <summary>True when XML readers may trim the text unless told to preserve its space.</summary>
    public static bool NeedsPreserving(ReadOnlySpan<byte> text) => !text.IsEmpty && (IsSpace(text[0]) || IsSpace(text[^1]));

    /// <summary>The longest beginning of a text that a cell holds, truncated between characters.</summary>
    /// <param name="text">The text.</param>
    public static ReadOnlySpan<byte> Fit(ReadOnlySpan<byte> text) =>
        text.Length <= XlsxLimits.CellText ? text : Truncate(text); // No character takes fewer bytes than UTF-16 code units.

    private static ReadOnlySpan<byte> Truncate(ReadOnlySpan<byte> text)
    {
        var bytes = 0;
        for (var units = 0; bytes < text.Length;)
        {
            Rune.DecodeFromUtf8(text[bytes..], out var rune, out var length);
            units += rune.Utf16SequenceLength;
            if (units > XlsxLimits.CellText)
                break;

            bytes += length;
        }

        return text[..bytes];
    }

    private static bool IsSpace(byte sign) => sign is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static bool AppendValid(SheetBuffer buffer, ReadOnlySpan<byte> text)
    {
        var replaced = false;
        while (true)
        {
            var next = text.IndexOfAny(Special);
            if (next < 0)
            {
                buffer.Append(text);
                return replaced;
            }

            buffer.Append(text[..next]);
            text = text[next..];
            text = text[AppendSpecial(buffer, text, ref replaced)..];
        }
    }

    private static int AppendSpecial(SheetBuffer buffer, ReadOnlySpan<byte> text, ref bool replaced)
    {
        switch (text[0])
        {
            case (byte)'&':
                buffer.Append("&amp;"u8);
                return 1;
            case (byte)'<':
                buffer.Append("&lt;"u8);
                return 1;
            case (byte)'>':
                buffer.Append("&gt;"u8);
                return 1;
            case (byte)'"':
                // Readers that look for r="A1" with a pattern take it for a cell's.
                buffer.Append("&quot;"u8);
                return 1;
            case (byte)'\'':
                buffer.Append("&apos;"u8);
                return 1;
            case (byte)'\r':
                // XML can hold it, as a reference; readers that know nothing of ST_Xstring get it right too.
                buffer.Append("&#xD;"u8);
                return 1;
            case (byte)'_':
                buffer.Append(LooksEscaped(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case 0xEF:
                return AppendNearEnd(buffer, text, ref replaced);
            default:
                buffer.Append("_x00"u8);
                buffer.Append(text[0], "X2");
                buffer.Append("_"u8);
                return 1;
        }
    }

    // The bytes EF BF BE and EF BF BF are U+FFFE and U+FFFF, which XML 1.0 excludes.
    private static int AppendNearEnd(SheetBuffer buffer, ReadOnlySpan<byte> text, ref bool replaced)
    {
        var excluded = text[1] == 0xBF && text[2] >= 0xBE;
        buffer.Append(excluded ? "\uFFFD"u8 : text[..3]);
        replaced |= excluded;
        return 3;
    }

    // A control character that follows the digits is written with an underscore first, and so ends the look-alike too.
    private static bool LooksEscaped(ReadOnlySpan<byte> text) =>
        text.Length >= 7 && text[1] == 'x' && (text[6] == '_' || text[6] < ' ')
        && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit(
            (char)text[3]) && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]);
}

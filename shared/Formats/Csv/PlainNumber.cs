using System.Buffers;
using System.Text;

namespace ExportFunctions.Formats.Csv;

/// <summary>
/// Recognizes texts that begin like a formula but are only a number: <c>-12.5</c>, <c>+306912345678</c>, <c>+30 210 1234567</c>, <c>+1
/// (555) 010-9999</c>. They contain nothing that could run, in any locale. Anything a spreadsheet would calculate is excluded, such as
/// <c>-1+1</c> and <c>+30-210-1234567</c>.
/// </summary>
internal static class PlainNumber
{
    /// <summary>
    /// True for a sign followed only by digits, spaces, <c>. , ( )</c>, hyphens that can't be taken for minus signs, and one <c>%</c> at
    /// the end, or by an exponent. Also true without digits, for hyphens and spaces only.
    /// </summary>
    /// <param name="utf8">The text.</param>
    public static bool Is(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8[SpacesBefore(utf8)..];
        return !utf8.IsEmpty && utf8[0] is (byte)'+' or (byte)'-' && (IsDigits(utf8[1..]) || HasExponent(utf8[1..]));
    }

    private static int SpacesBefore(ReadOnlySpan<byte> text)
    {
        var spaces = 0;
        while (Rune.DecodeFromUtf8(text[spaces..], out var rune, out var length) == OperationStatus.Done && IsSpace(rune))
            spaces += length;

        return spaces;
    }

    private static bool IsDigits(ReadOnlySpan<byte> text)
    {
        var (digits, hyphens, points, isAsunder) = (false, false, false, false);
        var (last, gap) = (Part.None, false);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done)
                return false;

            var part = PartOf(rune, isLast: text.Length == length);
            if (part == Part.None)
                return false;

            // Two numbers separated only by spaces or brackets can't be calculated.
            isAsunder |= part == Part.Digit && last == Part.Digit && gap;
            digits |= part == Part.Digit;
            hyphens |= part == Part.Hyphen;
            points |= part == Part.Point;
            points |= part == Part.Bracket;
            gap = part is Part.Gap or Part.Bracket;
            last = gap ? last : part;
            text = text[length..];
        }

        return digits ? !hyphens || isAsunder : !points;
    }

    private static Part PartOf(Rune rune, bool isLast) => rune.Value switch
    {
        >= '0' and <= '9' => Part.Digit,
        '(' or ')' => Part.Bracket,
        _ when IsSpace(rune) => Part.Gap,
        '-' => Part.Hyphen,
        '.' or ',' => Part.Point,
        '%' when isLast => Part.Point,
        _ => Part.None,
    };

    // The plain space, and those used between groups of digits: no-break, figure, thin and narrow no-break.
    private static bool IsSpace(Rune rune) => rune.Value is ' ' or '\u00A0' or '\u2007' or '\u2009' or '\u202F';

    // Digits, a fraction, and a power of ten: -1.5E+10.
    private static bool HasExponent(ReadOnlySpan<byte> text)
    {
        var power = text.IndexOfAny((byte)'e', (byte)'E');
        if (power < 1)
            return false;

        var number = text[..power];
        var exponent = text[(power + 1)..];
        if (!exponent.IsEmpty && exponent[0] is (byte)'+' or (byte)'-')
            exponent = exponent[1..];

        var point = number.IndexOfAny((byte)'.', (byte)',');
        return AreDigits(exponent) && (point < 0 ? AreDigits(number) : AreDigits(number[..point]) && AreDigits(number[(point + 1)..]));
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private enum Part
    {
        None,
        Digit,
        Gap,
        Bracket,
        Hyphen,
        Point,
    }
}

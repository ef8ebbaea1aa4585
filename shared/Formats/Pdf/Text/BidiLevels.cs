using System.Globalization;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>
/// Embedding levels for one line of text, by the parts of the Unicode bidirectional algorithm (UAX #9) that cells need: the direction of the first
/// letter, letters, numbers and what lies between them. Explicit embeddings and isolates are not looked at.
/// </summary>
internal static class BidiLevels
{
    private enum Kind
    {
        Neutral,
        Left,
        Right,
        Number,
    }

    /// <summary>Sets the level of every rune: even runs from left to right, odd from right to left.</summary>
    /// <returns>The level of the line as a whole, 0 or 1.</returns>
    public static int Resolve(ReadOnlySpan<Rune> runes, Span<byte> levels)
    {
        var kinds = runes.Length <= 512 ? stackalloc Kind[runes.Length] : new Kind[runes.Length];
        var line = Classify(runes, kinds);
        JoinNumbers(runes, kinds);
        SettleNumbersAfterLeft(kinds, line);
        SettleNeutrals(kinds, line);
        for (var i = 0; i < kinds.Length; i++)
        {
            levels[i] = kinds[i] switch
            {
                Kind.Right => 1,
                Kind.Number => 2,
                _ => (byte)(line * 2),
            };
        }

        return line;
    }

    private static int Classify(ReadOnlySpan<Rune> runes, Span<Kind> kinds)
    {
        var first = Kind.Neutral;
        for (var i = 0; i < runes.Length; i++)
        {
            kinds[i] = KindOf(runes[i], i == 0 ? Kind.Neutral : kinds[i - 1]);
            if (first == Kind.Neutral && kinds[i] is Kind.Left or Kind.Right)
                first = kinds[i];
        }

        return first == Kind.Right ? 1 : 0;
    }

    private static Kind KindOf(Rune rune, Kind previous) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => previous,
        UnicodeCategory.DecimalDigitNumber when rune.Value is < 0x80 or (>= 0x660 and <= 0x669) or (>= 0x6F0 and <= 0x6F9) => Kind.Number,
        _ when IsRightToLeft(rune.Value) => Kind.Right,
        <= UnicodeCategory.LetterNumber => Kind.Left,
        _ => Kind.Neutral,
    };

    private static bool IsRightToLeft(int value) =>
        value is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    // W4: a separator between two digits belongs to the number. W5: so does a sign beside one.
    private static void JoinNumbers(ReadOnlySpan<Rune> runes, Span<Kind> kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != Kind.Neutral)
                continue;

            var isAfter = i > 0 && kinds[i - 1] == Kind.Number;
            var isBefore = i + 1 < kinds.Length && kinds[i + 1] == Kind.Number;
            var joins = runes[i].Value switch
            {
                '.' or ',' or ':' or '/' or '+' or '-' or 0xA0 => isAfter && isBefore,
                '%' or '$' or '€' or '£' or '#' or '°' => isAfter || isBefore,
                _ => false,
            };
            if (joins)
                kinds[i] = Kind.Number;
        }
    }

    // W7: a number that follows a left-to-right letter is part of its run.
    private static void SettleNumbersAfterLeft(Span<Kind> kinds, int line)
    {
        var strong = line == 1 ? Kind.Right : Kind.Left;
        foreach (ref var kind in kinds)
        {
            if (kind == Kind.Number && strong == Kind.Left)
                kind = Kind.Left;
            else if (kind is Kind.Left or Kind.Right)
                strong = kind;
        }
    }

    // N1 and N2: what lies between two of one direction takes it, all else takes the line's; numbers count as right-to-left.
    private static void SettleNeutrals(Span<Kind> kinds, int line)
    {
        var lineKind = line == 1 ? Kind.Right : Kind.Left;
        for (var start = 0; start < kinds.Length; start++)
        {
            if (kinds[start] != Kind.Neutral)
                continue;

            var end = start;
            while (end < kinds.Length && kinds[end] == Kind.Neutral)
                end++;

            var before = start == 0 ? lineKind : Side(kinds[start - 1]);
            var after = end == kinds.Length ? lineKind : Side(kinds[end]);
            kinds[start..end].Fill(before == after ? before : lineKind);
            start = end;
        }
    }

    private static Kind Side(Kind kind) => kind == Kind.Number ? Kind.Right : kind;
}

using System.Globalization;
using System.Text;

namespace ExportFunctions.Exports.Requests;

/// <summary>Finds characters that disguise a file name: bidirectional controls and invisible characters.</summary>
internal static class FileNameSigns
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int Keycap = 0x20E3;

    // Invisible, although Unicode classifies them as letters, marks or symbols: Hangul fillers, the grapheme joiner, Khmer's inherent
    // vowels, Mongolian's variation selectors, the empty Braille pattern.
    private static readonly int[] Blank =
        [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0];

    /// <summary>
    /// The first such character; null when there is none. Joiners and variation selectors between or after non-ASCII characters are
    /// allowed: Persian words and emoji need them.
    /// </summary>
    /// <param name="name">The name, well-formed UTF-16.</param>
    public static Rune? FindInvisible(string name)
    {
        Rune? before = null;
        var runes = name.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            var rune = runes[i];
            Rune? after = i + 1 < runes.Count ? runes[i + 1] : null;
            var isWrong = rune switch
            {
                _ when IsJoining(rune) => JoinsNothing(before) || JoinsNothing(after),
                _ when IsVariation(rune) => before is null || IsVariation(before.Value) || (before.Value.IsAscii && after?.Value != Keycap),
                _ => IsInvisible(rune),
            };
            if (isWrong)
                return rune;

            before = rune;
        }

        return null;
    }

    private static bool IsJoining(Rune rune) => rune.Value is NonJoiner or Joiner;

    // ASCII characters and other joiners, or no character at all.
    private static bool JoinsNothing(Rune? rune) => rune is not { IsAscii: false } sign || IsJoining(sign);

    // They choose between a character's text and emoji forms.
    private static bool IsVariation(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F;

    // Arabic and Syriac number signs are format characters, but visible.
    private static bool IsNumberSign(Rune rune) =>
        rune.Value is (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2;

    private static bool IsInvisible(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && !IsNumberSign(rune))
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || Array.IndexOf(Blank, rune.Value) >= 0
        || IsDefaultIgnorable(rune.Value)
        || IsNonCharacter(rune.Value);

    // Unassigned code points that render as nothing, and the supplementary variation selectors.
    private static bool IsDefaultIgnorable(int value) => value is >= 0xE0000 and <= 0xE0FFF or 0x2065 or (>= 0xFFF0 and <= 0xFFF8);

    private static bool IsNonCharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}

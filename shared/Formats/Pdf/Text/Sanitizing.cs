using System.Globalization;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>
/// Makes text fit for one line: a line break or tab becomes one space, and characters that nothing is drawn for are left out.
/// </summary>
internal static class Sanitizing
{
    /// <summary>Copies the text without what cannot be drawn; the target must be as long as the text. It may be the same memory.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">Takes the copy.</param>
    /// <param name="keepsDirection">Whether marks that steer the bidirectional algorithm stay, for an engine that runs all of it.</param>
    /// <returns>The characters written.</returns>
    public static int Copy(ReadOnlySpan<char> text, Span<char> target, bool keepsDirection = false)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (IsBreak(character))
            {
                if (character == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;

                target[length++] = ' ';
            }
            else if (!IsInvisible(character) || (keepsDirection && SteersDirection(character)))
            {
                target[length++] = character;
            }
        }

        return length;
    }

    /// <summary>True for code points that take no room and need no glyph: joiners, variation selectors and the like.</summary>
    public static bool NeedsNoGlyph(int codePoint) =>
        codePoint is 0x200C or 0x200D or 0x034F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>True for the marks, embeddings, overrides and isolates of the bidirectional algorithm.</summary>
    public static bool SteersDirection(int codePoint) =>
        codePoint is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsBreak(char character) => character is '\t' or '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    // The joiners U+200C and U+200D stay: they shape Arabic and Indic text. Direction marks go: a cell is laid out by its own letters.
    private static bool IsInvisible(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control
            || character is '\u00AD' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or (
                >= '\u202A' and <= '\u202E') or (>= '\u2061' and <= '\u206F');
}

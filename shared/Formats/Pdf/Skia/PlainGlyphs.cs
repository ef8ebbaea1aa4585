using System.Globalization;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>
/// Glyphs and advances by character for text that needs no shaping: Latin, Greek and Cyrillic letters, digits, punctuation and signs.
/// Made once a document, so that most text costs two array reads a character.
/// </summary>
internal sealed class PlainGlyphs
{
    /// <summary>Characters from here on are never plain.</summary>
    public const int Limit = 0x2500;

    private readonly ushort[] _glyphs = new ushort[Limit];
    private readonly float[] _units = new float[Limit];
    private readonly float _unitsPerEm;

    /// <summary>Looks up every plain character.</summary>
    /// <param name="face">The font.</param>
    public PlainGlyphs(FontFace face)
    {
        var seen = new HashSet<ushort>();
        for (var character = 0x20; character < Limit; character++)
        {
            // A glyph two characters share reads back as the first of them; the second takes the long way, which names its character.
            if (IsPlain((char)character) && face.Glyph(character) is var glyph and not 0 && seen.Add(glyph))
                _glyphs[character] = glyph;
        }

        face.Advances(_glyphs, _units);
        _unitsPerEm = face.UnitsPerEm;
    }

    /// <summary>The glyph of a character below <see cref="Limit"/>; 0 when it is not plain.</summary>
    public ushort Glyph(char character) => _glyphs[character];

    /// <summary>The advance of a plain character, in font units.</summary>
    public float Units(char character) => _units[character];

    /// <summary>The advance of a plain character, in ems.</summary>
    public float Advance(char character) => _units[character] / _unitsPerEm;

    /// <summary>The width in ems, or -1 when a character is not plain.</summary>
    public float Measure(ReadOnlySpan<char> text)
    {
        var width = 0f;
        foreach (var character in text)
        {
            if (character >= Limit || _glyphs[character] == 0)
                return -1;

            width += _units[character];
        }

        return width / _unitsPerEm;
    }

    private static bool IsPlain(char character) =>
        character is < '\u0530' or >= '\u1E00'
        && CharUnicodeInfo.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}

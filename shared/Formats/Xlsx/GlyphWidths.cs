using System.Globalization;
using System.Text;
using ExportFunctions.Formats.Pdf.Fonts;
using HarfBuzzSharp;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// Measures text in the unit of column widths, a digit of the default font. The font of the file is the reader's, so the advances are
/// those of the shipped sans-serif, whose letters are wider for its digits than Calibri's; what other fonts need more is in
/// <see cref="Margin"/>.
/// </summary>
internal sealed class GlyphWidths
{
    private const double Margin = 1.04;

    // Latin, Greek, Cyrillic.
    private const int MeasuredCharacters = 0x530;
    private const double OtherWidth = 1.2;
    private const double FullWidth = 2.1;

    private static readonly Lazy<GlyphWidths> LazyRegular = new(() => new GlyphWidths(ShippedFonts.Regular));
    private static readonly Lazy<GlyphWidths> LazyBold = new(() => new GlyphWidths(ShippedFonts.Bold));

    private readonly float[] _widths = new float[MeasuredCharacters];

    private GlyphWidths(string fontName)
    {
        using var source = ShippedFonts.Open(fontName);
        using var blob = Blob.FromStream(source);
        using var face = new Face(blob, 0);
        using var font = new Font(face);
        font.SetFunctionsOpenType();
        font.TryGetNominalGlyph('0', out var zero);
        double digit = font.GetHorizontalGlyphAdvance(zero);
        for (var character = 0; character < MeasuredCharacters; character++)
            _widths[character] = font.TryGetNominalGlyph(
                character, out var glyph) ? (float)(Margin * font.GetHorizontalGlyphAdvance(glyph) / digit) : (float)OtherWidth;
    }

    /// <summary>The font of cells.</summary>
    public static GlyphWidths Regular => LazyRegular.Value;

    /// <summary>The font of headers.</summary>
    public static GlyphWidths Bold => LazyBold.Value;

    /// <summary>The width of a text's widest line.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="limit">Measuring stops when the width passes it.</param>
    public double WidestLine(ReadOnlySpan<byte> utf8, double limit)
    {
        var (widest, line) = (0.0, 0.0);
        while (!utf8.IsEmpty && widest < limit)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            utf8 = utf8[length..];
            line = rune.Value is '\n' or '\r' ? 0 : line + WidthOf(rune);
            widest = Math.Max(widest, line);
        }

        return widest;
    }

    private double WidthOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        _ when rune.Value < MeasuredCharacters => _widths[rune.Value],
        _ => IsFullWidth(rune.Value) ? FullWidth : OtherWidth,
    };

    // Hangul, kana, ideographs, full-width forms and emoji (UAX 11, in broad strokes).
    private static bool IsFullWidth(int value) =>
        value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}

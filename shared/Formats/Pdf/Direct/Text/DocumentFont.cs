using ExportFunctions.Formats.Pdf.Fonts;
using HarfBuzzSharp;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>A font in one document: which glyphs are used, and the text each stands for.</summary>
internal sealed class DocumentFont : IDisposable
{
    private const int ReplacementCharacter = 0xFFFD;

    private readonly PlainTable? _plain;
    private readonly string?[] _texts;

    /// <summary>Takes a font into a document.</summary>
    /// <param name="file">The font.</param>
    /// <param name="number">The font's number in the document; its resource name is F and the number.</param>
    /// <param name="plain">The font's plain characters, for the fonts that plain text is set in.</param>
    public DocumentFont(FontFile file, int number, PlainTable? plain)
    {
        (File, Number, _plain) = (file, number, plain);
        Shaper = new Font(file.Face);
        Shaper.SetScale(file.UnitsPerEm, file.UnitsPerEm);
        Shaper.SetFunctionsOpenType();
        Used = new bool[file.GlyphCount];
        _texts = new string?[file.GlyphCount];
        UsedCharacters = plain is null ? [] : new bool[PlainTable.Limit];
        StandIn = plain is null ? (ushort)0 : Glyph(ReplacementCharacter);
    }

    public FontFile File { get; }

    public int Number { get; }

    /// <summary>HarfBuzz's side of the font, in font units.</summary>
    public Font Shaper { get; }

    /// <summary>By glyph: whether the document shows it in shaped text.</summary>
    public bool[] Used { get; }

    /// <summary>By character: whether the document shows it in plain text.</summary>
    public bool[] UsedCharacters { get; }

    /// <summary>The glyph that shows the box for characters no font has; 0 in a fall-back font, which never shows one.</summary>
    public ushort StandIn { get; }

    /// <summary>The glyph of a code point; 0 when the font lacks it.</summary>
    public ushort Glyph(int codePoint) => Shaper.TryGetNominalGlyph(codePoint, out var glyph) ? (ushort)glyph : (ushort)0;

    /// <summary>A glyph's own advance, in thousandths of an em.</summary>
    public int Width(ushort glyph) => (int)Math.Round(Shaper.GetHorizontalGlyphAdvance(glyph) * 1000.0 / File.UnitsPerEm);

    /// <summary>The text a used glyph stands for; null when none is known.</summary>
    public string? TextOf(ushort glyph) => _texts[glyph] ?? _plain?.CharacterOf(glyph)?.ToString();

    /// <summary>Records that shaped text uses a glyph.</summary>
    public void Use(ushort glyph)
    {
        if (glyph < Used.Length)
            Used[glyph] = true;
    }

    /// <summary>Records the text that a glyph stands for.</summary>
    /// <returns>False when it already stands for another one.</returns>
    public bool TrySetText(ushort glyph, ReadOnlySpan<char> text)
    {
        if (glyph >= _texts.Length)
            return false;

        if (TextOf(glyph) is { } known)
            return text.SequenceEqual(known);

        _texts[glyph] = text.ToString();
        return true;
    }

    /// <summary>Counts the glyphs of plain text among those used. Call once, before the font is written.</summary>
    public void TakePlainGlyphs()
    {
        for (var character = 0; character < UsedCharacters.Length; character++)
        {
            if (UsedCharacters[character])
                Use(_plain!.Glyph((char)character));
        }
    }

    public void Dispose() => Shaper.Dispose();
}

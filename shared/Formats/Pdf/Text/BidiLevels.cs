using System.Text;
using ExportFunctions.Formats.Pdf.Text.Bidi;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Embedding levels for one line of text, by the Unicode bidirectional algorithm (UAX #9).</summary>
internal static class BidiLevels
{
    /// <summary>Sets the level of every rune: even runs from left to right, odd from right to left.</summary>
    /// <returns>The level of the line as a whole, 0 or 1.</returns>
    public static int Resolve(ReadOnlySpan<Rune> runes, Span<byte> levels)
    {
        var paragraph = new BidiParagraph();
        paragraph.Resolve(runes, levels);
        paragraph.SetLineEnds(levels, start: 0);
        return paragraph.Level;
    }
}

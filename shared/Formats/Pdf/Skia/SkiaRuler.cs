using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Measures with the glyphs that Skia will draw.</summary>
/// <param name="setter">Sets the text.</param>
/// <param name="styles">The styles of header and cells.</param>
internal sealed class SkiaRuler(TextSetter setter, PageStyles styles) : ITextRuler
{
    public float Measure(ReadOnlySpan<char> text, TextWeight weight) => setter.Measure(text, weight == TextWeight.Bold ? styles.Header : styles.Cell);
}

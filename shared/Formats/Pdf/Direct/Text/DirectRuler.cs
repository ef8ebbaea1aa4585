using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Measures with the advances that the file will have.</summary>
/// <param name="fonts">The document's fonts.</param>
internal sealed class DirectRuler(DocumentFonts fonts) : ITextRuler, IDisposable
{
    private readonly TextLayout _regular = new(fonts, new TextStyle(TextWeight.Regular, 100));
    private readonly TextLayout _bold = new(fonts, new TextStyle(TextWeight.Bold, 100));
    private readonly CleanText _clean = new();

    public float Measure(ReadOnlySpan<char> text, TextWeight weight)
    {
        var plain = fonts.Of(weight).Plain;
        var width = plain.Measure(text);
        if (width < 0)
        {
            var clean = _clean.Of(text);
            width = plain.Measure(clean);
            if (width < 0)
                width = (weight == TextWeight.Bold ? _bold : _regular).Measure(clean);
        }

        return width / 1000f;
    }

    public void Dispose()
    {
        _regular.Dispose();
        _bold.Dispose();
    }
}

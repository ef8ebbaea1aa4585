using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>The fonts of one document: the two shipped ones, and those for other scripts once a character needs them.</summary>
/// <param name="shared">The font files.</param>
internal sealed class DocumentFonts(SharedFonts shared) : IDisposable
{
    private readonly DocumentFont?[] _fallbacks = new DocumentFont?[shared.Fallbacks.Count];
    private readonly Dictionary<int, DocumentFont?> _byCodePoint = [];

    public DocumentFont Regular { get; } = new(shared.Regular, 0, shared.PlainRegular);

    public DocumentFont Bold { get; } = new(shared.Bold, 1, shared.PlainBold);

    /// <summary>The fonts opened so far.</summary>
    public IEnumerable<DocumentFont> All => [Regular, Bold, .. _fallbacks.OfType<DocumentFont>()];

    /// <summary>The font and plain characters of a weight.</summary>
    public (DocumentFont Font, PlainTable Plain) Of(TextWeight weight) => weight == TextWeight.Bold ? (Bold, shared.PlainBold) : (Regular, shared.PlainRegular);

    /// <summary>The first fall-back font that has a code point; null when none has.</summary>
    public DocumentFont? FindFallback(int codePoint)
    {
        if (_byCodePoint.TryGetValue(codePoint, out var known))
            return known;

        DocumentFont? found = null;
        for (var i = 0; i < _fallbacks.Length && found is null; i++)
        {
            var font = _fallbacks[i] ??= new DocumentFont(shared.Fallbacks[i].Value, i + 2, plain: null);
            if (font.Glyph(codePoint) != 0)
                found = font;
        }

        _byCodePoint[codePoint] = found;
        return found;
    }

    public void Dispose()
    {
        foreach (var font in All)
            font.Dispose();
    }
}

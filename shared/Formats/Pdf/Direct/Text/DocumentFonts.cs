using ExportFunctions.Formats.Pdf.Fonts;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>The fonts of one document: the two it always has, and others in the order that characters need them.</summary>
/// <param name="shared">The font files.</param>
internal sealed class DocumentFonts(SharedFonts shared) : IDisposable
{
    private readonly List<DocumentFont> _fallbacks = [];
    private readonly Dictionary<FontFile, DocumentFont> _byFile = [];
    private readonly Dictionary<int, DocumentFont?> _byCodePoint = [];

    public DocumentFont Regular { get; } = new(shared.Regular, 0, shared.PlainRegular);

    public DocumentFont Bold { get; } = new(shared.Bold, 1, shared.PlainBold);

    /// <summary>The fonts opened so far.</summary>
    public IEnumerable<DocumentFont> All => [Regular, Bold, .. _fallbacks];

    /// <summary>The font and plain characters of a weight.</summary>
    public (DocumentFont Font, PlainTable Plain) Of(TextWeight weight) =>
        weight == TextWeight.Bold ? (Bold, shared.PlainBold) : (Regular, shared.PlainRegular);

    /// <summary>The first fall-back font that has a code point; null when none has.</summary>
    public DocumentFont? FindFallback(int codePoint)
    {
        if (_byCodePoint.TryGetValue(codePoint, out var known))
            return known;

        return _byCodePoint[codePoint] = shared.FindFallback(codePoint) is { } file ? Take(file) : null;
    }

    public void Dispose()
    {
        foreach (var font in All)
            font.Dispose();
    }

    private DocumentFont Take(FontFile file)
    {
        if (_byFile.TryGetValue(file, out var known))
            return known;

        var font = new DocumentFont(file, _fallbacks.Count + 2, plain: null);
        _fallbacks.Add(font);
        return _byFile[file] = font;
    }
}

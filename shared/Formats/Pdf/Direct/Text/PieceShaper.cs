using ExportFunctions.Formats.Pdf.Direct.Objects;
using HarfBuzzSharp;
using HarfBuzzBuffer = HarfBuzzSharp.Buffer;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Shapes words with HarfBuzz, and caches the results.</summary>
/// <param name="size">The size, in hundredths of a point.</param>
internal sealed class PieceShaper(int size) : IDisposable
{
    private const int MaxCached = 8192;
    private const int MaxCachedLength = 64;

    // The default language comes from the machine, and files must not depend on it.
    private static readonly Language AnyLanguage = new("und");

    private readonly HarfBuzzBuffer _buffer = new() { ClusterLevel = ClusterLevel.MonotoneCharacters };
    private readonly PdfBuffer _operators = new();
    private readonly Dictionary<(DocumentFont, bool, Script), Dictionary<string, TextPiece>> _pieces = [];
    private int _remembered;

    /// <summary>Shapes a word.</summary>
    /// <param name="text">Text of one direction and script, all in the font unless no font has it.</param>
    /// <param name="font">The font.</param>
    /// <param name="isRightToLeft">The direction.</param>
    /// <param name="script">The script.</param>
    public TextPiece Shape(ReadOnlySpan<char> text, DocumentFont font, bool isRightToLeft, Script script)
    {
        if (text.Length > MaxCachedLength)
            return ShapeNow(text, font, isRightToLeft, script);

        if (_remembered >= MaxCached)
        {
            // Cleared rather than dropped, to keep their capacity.
            foreach (var texts in _pieces.Values)
                texts.Clear();

            _remembered = 0;
        }

        if (!_pieces.TryGetValue((font, isRightToLeft, script), out var pieces))
            _pieces[(font, isRightToLeft, script)] = pieces = new Dictionary<string, TextPiece>(StringComparer.Ordinal);

        var byText = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        if (byText.TryGetValue(text, out var known))
            return known;

        var piece = ShapeNow(text, font, isRightToLeft, script);
        pieces[text.ToString()] = piece;
        _remembered++;
        return piece;
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _operators.Dispose();
    }

    private TextPiece ShapeNow(ReadOnlySpan<char> text, DocumentFont font, bool isRightToLeft, Script script)
    {
        _buffer.ClearContents();
        _buffer.AddUtf16(text);
        _buffer.Direction = isRightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        _buffer.Script = script;
        _buffer.Language = AnyLanguage;
        font.Shaper.Shape(_buffer);

        _operators.Clear();
        var writer = new GlyphRunWriter(_operators, font, size);
        var glyphs = _buffer.GetGlyphInfoSpan();
        var positions = _buffer.GetGlyphPositionSpan();
        for (var i = 0; i < glyphs.Length;)
        {
            var end = i + 1;
            while (end < glyphs.Length && glyphs[end].Cluster == glyphs[i].Cluster)
                end++;

            // Clusters are monotone: the text of one ends where its logical neighbour's begins.
            var start = (int)glyphs[i].Cluster;
            var next = isRightToLeft ? (
                i == 0 ? text.Length : (int)glyphs[i - 1].Cluster) : (end == glyphs.Length ? text.Length : (int)glyphs[end].Cluster);
            writer.AddCluster(text[start..next], glyphs[i..end], positions[i..end]);
            i = end;
        }

        writer.End();
        return new TextPiece(font, _operators.Written.ToArray(), writer.Width, writer.Missing);
    }
}

using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>
/// The text of one page, gathered before it is drawn: the plain glyphs of each style in one list, because one call a page is far cheaper than one a
/// cell, and the shaped texts one by one. Reused from page to page.
/// </summary>
internal sealed class PageText : IDisposable
{
    private readonly Dictionary<TextStyle, GlyphList> _plain = new(ReferenceEqualityComparer.Instance);
    private readonly List<(SKTextBlob Blob, SKColor Color)> _shaped = [];

    /// <summary>The plain glyphs of a style on this page.</summary>
    public GlyphList Plain(TextStyle style)
    {
        if (!_plain.TryGetValue(style, out var glyphs))
            _plain[style] = glyphs = new GlyphList();

        return glyphs;
    }

    /// <summary>Adds a shaped text; the page disposes it.</summary>
    public void Add(SKTextBlob blob, SKColor color) => _shaped.Add((blob, color));

    /// <summary>Draws everything and empties the page.</summary>
    public void DrawTo(SKCanvas canvas, SKPaint paint)
    {
        using var builder = new SKTextBlobBuilder();
        foreach (var (style, glyphs) in _plain)
        {
            if (glyphs.Count == 0)
                continue;

            builder.AddPositionedRun(glyphs.Glyphs, style.Face.At(style.Face.UnitsPerEm), glyphs.Positions);
            using var blob = builder.Build();
            paint.Color = style.Color;
            canvas.Save();
            canvas.Scale(style.Size / style.Face.UnitsPerEm);
            canvas.DrawText(blob, 0, 0, paint);
            canvas.Restore();
            glyphs.Clear();
        }

        foreach (var (blob, color) in _shaped)
        {
            paint.Color = color;
            canvas.DrawText(blob, 0, 0, paint);
        }

        Clear();
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var (blob, _) in _shaped)
            blob.Dispose();

        _shaped.Clear();
    }

    /// <summary>Glyphs and where they stand, in font units at the style's size from the page's top left.</summary>
    internal sealed class GlyphList
    {
        private ushort[] _glyphs = new ushort[4096];
        private SKPoint[] _positions = new SKPoint[4096];

        public int Count { get; private set; }

        public ReadOnlySpan<ushort> Glyphs => _glyphs.AsSpan(0, Count);

        public ReadOnlySpan<SKPoint> Positions => _positions.AsSpan(0, Count);

        public void Add(ushort glyph, float x, float y)
        {
            if (Count == _glyphs.Length)
            {
                Array.Resize(ref _glyphs, Count * 2);
                Array.Resize(ref _positions, Count * 2);
            }

            _glyphs[Count] = glyph;
            _positions[Count++] = new SKPoint(x, y);
        }

        public void Clear() => Count = 0;
    }
}

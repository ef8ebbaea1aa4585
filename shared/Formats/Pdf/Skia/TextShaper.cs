using System.Text;
using ExportFunctions.Formats.Pdf.Text;
using HarfBuzzSharp;
using SkiaSharp;
using HarfBuzzBuffer = HarfBuzzSharp.Buffer;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Lays out text that plain glyphs cannot: other scripts by HarfBuzz, each character in the first font that has it, right-to-left runs turned round.</summary>
/// <param name="fonts">The document's fonts.</param>
internal sealed class TextShaper(FontSet fonts) : IDisposable
{
    // The default language comes from the machine, and files must not depend on it.
    private static readonly Language AnyLanguage = new("und");

    private readonly HarfBuzzBuffer _buffer = new();
    private readonly List<ShapedRun> _line = [];
    private readonly List<Segment> _segments = [];

    /// <summary>True when the last line holds a character that no font has, drawn as the font's box.</summary>
    public bool IsGlyphMissing { get; private set; }

    /// <summary>Shapes one line. The result is valid until the next call.</summary>
    /// <param name="text">The text, without line breaks.</param>
    /// <param name="primary">The font to take where it has the character.</param>
    /// <param name="width">The line's width, in ems.</param>
    /// <returns>The runs from left to right.</returns>
    public IReadOnlyList<ShapedRun> Shape(ReadOnlySpan<char> text, FontFace primary, out float width)
    {
        _line.Clear();
        IsGlyphMissing = false;
        Split(text, primary);
        Reorder();
        width = 0;
        foreach (var segment in _segments)
        {
            var run = ShapeSegment(segment);
            width += run.Width;
            _line.Add(run);
        }

        return _line;
    }

    public void Dispose() => _buffer.Dispose();

    private void Split(ReadOnlySpan<char> text, FontFace primary)
    {
        _segments.Clear();
        Rune[] runes = [.. text.EnumerateRunes()];
        var levels = new byte[runes.Length];
        BidiLevels.Resolve(runes, levels);
        var start = 0;
        FontFace face = primary;
        var script = Script.Common;
        for (var i = 0; i < runes.Length; i++)
        {
            var itsFace = FaceOf(runes[i], face, primary);
            var itsScript = ScriptOf(runes[i], script);
            if (i > start && (itsFace != face || levels[i] != levels[start] || (itsScript != script && script != Script.Common)))
            {
                Add(runes.AsSpan(start..i), face, levels[start], script);
                start = i;
            }

            (face, script) = (itsFace, itsScript);
        }

        Add(runes.AsSpan(start..), face, runes.Length == 0 ? (byte)0 : levels[start], script);
    }

    private void Add(ReadOnlySpan<Rune> runes, FontFace face, byte level, Script script)
    {
        var utf8 = new byte[runes.Length * 4];
        var length = 0;
        foreach (var rune in runes)
            length += rune.EncodeToUtf8(utf8.AsSpan(length));

        _segments.Add(new Segment(utf8[..length], face, level, script));
    }

    // A mark or joiner stays with its letter, and punctuation in a foreign word with the word, where the font has it.
    private FontFace FaceOf(Rune rune, FontFace previous, FontFace primary)
    {
        if (Sanitizing.NeedsNoGlyph(rune.Value))
            return previous;

        var isShared = UnicodeFunctions.Default.GetScript(rune.Value) == Script.Inherited;
        if (isShared && previous.Glyph(rune.Value) != 0)
            return previous;

        if (primary.Glyph(rune.Value) != 0)
            return primary;

        if (fonts.FindFallback(rune.Value) is { } face)
            return face;

        IsGlyphMissing = true;
        return primary;
    }

    private static Script ScriptOf(Rune rune, Script previous)
    {
        var script = UnicodeFunctions.Default.GetScript(rune.Value);
        return script == Script.Common || script == Script.Inherited ? previous : script;
    }

    // L2: from the highest level down to the lowest odd one, turn round every stretch at that level or above.
    private void Reorder()
    {
        for (var level = 2; level >= 1; level--)
        {
            for (var start = 0; start < _segments.Count; start++)
            {
                var end = start;
                while (end < _segments.Count && _segments[end].Level >= level)
                    end++;

                if (end > start)
                {
                    _segments.Reverse(start, end - start);
                    start = end;
                }
            }
        }
    }

    private ShapedRun ShapeSegment(Segment segment)
    {
        _buffer.ClearContents();
        _buffer.AddUtf8(segment.Utf8);
        _buffer.Direction = segment.Level % 2 == 0 ? Direction.LeftToRight : Direction.RightToLeft;
        _buffer.Script = segment.Script;
        _buffer.Language = AnyLanguage;
        segment.Face.Shaper.Shape(_buffer);

        var shaped = _buffer.GetGlyphInfoSpan();
        var placed = _buffer.GetGlyphPositionSpan();
        var glyphs = new ushort[shaped.Length];
        var positions = new SKPoint[shaped.Length];
        var clusters = new uint[shaped.Length];
        var em = segment.Face.UnitsPerEm;
        var x = 0;
        for (var i = 0; i < shaped.Length; i++)
        {
            glyphs[i] = (ushort)shaped[i].Codepoint;
            clusters[i] = shaped[i].Cluster;
            positions[i] = new SKPoint((x + placed[i].XOffset) / em, -placed[i].YOffset / em);
            x += placed[i].XAdvance;
        }

        return new ShapedRun(segment.Face, glyphs, positions, clusters, segment.Utf8, x / em);
    }

    private readonly record struct Segment(byte[] Utf8, FontFace Face, byte Level, Script Script);
}

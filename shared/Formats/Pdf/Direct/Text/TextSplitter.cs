using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ExportFunctions.Formats.Pdf.Text;
using ExportFunctions.Formats.Pdf.Text.Bidi;
using HarfBuzzSharp;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>Splits a paragraph into words of one font, direction and script, and has them shaped.</summary>
/// <param name="fonts">The document's fonts.</param>
/// <param name="primary">The font tried first.</param>
/// <param name="shaper">Shapes the words.</param>
internal sealed class TextSplitter(DocumentFonts fonts, DocumentFont primary, PieceShaper shaper)
{
    private readonly BidiParagraph _bidi = new();
    private readonly List<Rune> _runes = [];
    private readonly List<int> _starts = [];
    private byte[] _levels = [];

    /// <summary>The pieces of the paragraph split last, in logical order.</summary>
    public List<PlacedPiece> Pieces { get; } = [];

    /// <summary>The level of the paragraph split last: 0 from left to right, 1 from right to left.</summary>
    public int Level => _bidi.Level;

    /// <summary>Splits a paragraph.</summary>
    /// <param name="text">The text, without line breaks and controls.</param>
    /// <param name="level">The paragraph's level when it is known.</param>
    public void Split(ReadOnlySpan<char> text, int? level = null)
    {
        Pieces.Clear();
        ReadRunes(text);
        var runes = CollectionsMarshal.AsSpan(_runes);
        if (_levels.Length < runes.Length)
            _levels = new byte[runes.Length * 2];

        _bidi.Resolve(runes, _levels.AsSpan(0, runes.Length), level);
        var start = 0;
        var (font, script) = (primary, Script.Common);
        for (var i = 0; i < runes.Length; i++)
        {
            var itsFont = FontOf(runes[i], font);
            var itsScript = ScriptOf(runes[i], script);
            var isBorder = i > start && (itsFont != font || _levels[i] != _levels[start] || (
                itsScript != script && script != Script.Common) || IsBlank(runes[i]) != IsBlank(runes[i - 1]) || BreaksAnywhere(runes[i]));
            if (isBorder)
            {
                Add(text, start, i, font, script);
                start = i;
            }

            // After a blank the script is open again, unless a mark follows it.
            (font, script) = (itsFont, isBorder && IsBlank(runes[i]) ? Script.Common : itsScript);
        }

        if (runes.Length > 0)
            Add(text, start, runes.Length, font, script);
    }

    /// <summary>The level of each piece of a line, blanks at its end set to the paragraph's own (L1).</summary>
    public void SetLineEnd(Span<PlacedPiece> line)
    {
        for (var i = line.Length - 1; i >= 0 && line[i].IsBlank; i--)
            line[i] = line[i] with { Level = (byte)_bidi.Level };
    }

    private void ReadRunes(ReadOnlySpan<char> text)
    {
        _runes.Clear();
        _starts.Clear();
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            _runes.Add(rune);
            _starts.Add(position);
            position += rune.Utf16SequenceLength;
        }

        _starts.Add(position);
    }

    private void Add(ReadOnlySpan<char> text, int start, int end, DocumentFont font, Script script)
    {
        var length = _starts[end] - _starts[start];
        var shown = text.Slice(_starts[start], length);
        var isBlank = IsBlank(_runes[start]);
        var level = _levels[start];
        var ends = isBlank || (end < _runes.Count && BreaksAnywhere(_runes[end])) || BreaksAfter(_runes[end - 1]);
        Pieces.Add(new PlacedPiece(_starts[start], length, level, ends, isBlank, shaper.Shape(shown, font, level % 2 == 1, script)));
    }

    // A mark or joiner stays with its letter where the font has it.
    private DocumentFont FontOf(Rune rune, DocumentFont previous)
    {
        if (Sanitizing.NeedsNoGlyph(rune.Value) || Sanitizing.SteersDirection(rune.Value))
            return previous;

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            && previous.Glyph(rune.Value) != 0)
            return previous;

        if (rune.Value == ' ' || primary.Glyph(rune.Value) != 0)
            return primary;

        return fonts.FindFallback(rune.Value) ?? primary;
    }

    private static Script ScriptOf(Rune rune, Script previous)
    {
        if (rune.IsAscii && !Rune.IsLetter(rune))
            return previous;

        var script = UnicodeFunctions.Default.GetScript(rune.Value);
        return script == Script.Common || script == Script.Inherited ? previous : script;
    }

    private static bool IsBlank(Rune rune) => rune.Value is ' ' or 0x3000 or (>= 0x2000 and <= 0x200A and not 0x2007);

    private static bool BreaksAfter(Rune rune) =>
        rune.Value is '-' or '/' or ',' or ';' or '|' or 0x2010 or 0x2013 or 0x2014 || BreaksAnywhere(rune);

    // Ideographs and kana are set without blanks.
    private static bool BreaksAnywhere(Rune rune) =>
        rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}

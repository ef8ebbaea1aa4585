using ExportFunctions.Formats.Pdf.Direct.Objects;
using HarfBuzzSharp;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>
/// Writes shaped glyphs as text-showing operators. A glyph that stands for one text throughout the document is named by the font's
/// ToUnicode map; any other cluster carries its text itself, as <c>ActualText</c>, so that searching and copying find what was meant.
/// </summary>
internal ref struct GlyphRunWriter
{
    private readonly PdfBuffer _target;
    private readonly DocumentFont _font;
    private readonly int _size;
    private double _wanted;
    private int _pen;
    private int _rise;
    private bool _isOpen;
    private bool _isInString;

    /// <summary>Starts a run.</summary>
    /// <param name="target">Takes the operators.</param>
    /// <param name="font">The font.</param>
    /// <param name="size">The size, in hundredths of a point.</param>
    public GlyphRunWriter(PdfBuffer target, DocumentFont font, int size) => (_target, _font, _size) = (target, font, size);

    /// <summary>The width so far, in thousandths of an em.</summary>
    public readonly int Width => (int)Math.Round(_wanted);

    /// <summary>The characters that boxes stand in for; null when there are none.</summary>
    public string? Missing { get; private set; }

    /// <summary>Adds the glyphs of some characters, from left to right.</summary>
    public void AddCluster(ReadOnlySpan<char> text, ReadOnlySpan<GlyphInfo> glyphs, ReadOnlySpan<GlyphPosition> positions)
    {
        var isNamed = glyphs.Length == 1 && glyphs[0].Codepoint != 0 && _font.TrySetText((ushort)glyphs[0].Codepoint, text);
        if (!isNamed)
        {
            Close();
            _target.Add("/Span<</ActualText"u8).Text(text).Add(">>BDC"u8);
        }

        for (var i = 0; i < glyphs.Length; i++)
        {
            if (glyphs[i].Codepoint == 0)
                Missing += text.ToString();

            AddGlyph((ushort)glyphs[i].Codepoint, positions[i]);
        }

        if (!isNamed)
        {
            Close();
            _target.Add("EMC "u8);
        }
    }

    /// <summary>Ends the run where its last glyph's advance ends.</summary>
    public void End()
    {
        MoveTo(_wanted);
        Close();
        SetRise(0);
    }

    private void AddGlyph(ushort glyph, GlyphPosition position)
    {
        var advance = position.XAdvance * 1000.0 / _font.File.UnitsPerEm;
        if (glyph == 0)
        {
            glyph = _font.StandIn;
            advance = _font.Width(glyph);
        }

        SetRise((int)Math.Round(position.YOffset * (double)_size / _font.File.UnitsPerEm));
        MoveTo(_wanted + (position.XOffset * 1000.0 / _font.File.UnitsPerEm));
        OpenString();
        _target.Glyph(glyph);
        _font.Use(glyph);
        _pen += _font.Width(glyph);
        _wanted += advance;
    }

    // Numbers between strings move back, in thousandths of an em.
    private void MoveTo(double wanted)
    {
        var back = _pen - (int)Math.Round(wanted);
        if (back == 0)
            return;

        Open();
        CloseString();
        _target.Add(back);
        _pen -= back;
    }

    private void SetRise(int rise)
    {
        if (rise == _rise)
            return;

        Close();
        _target.Points(rise).Add(" Ts "u8);
        _rise = rise;
    }

    private void Open()
    {
        if (!_isOpen)
            _target.Add("["u8);

        _isOpen = true;
    }

    private void OpenString()
    {
        Open();
        if (!_isInString)
            _target.Add("("u8);

        _isInString = true;
    }

    private void CloseString()
    {
        if (_isInString)
            _target.Add(")"u8);

        _isInString = false;
    }

    private void Close()
    {
        CloseString();
        if (_isOpen)
            _target.Add("]TJ "u8);

        _isOpen = false;
    }
}

using System.Runtime.InteropServices;
using ExportFunctions.Exports;
using ExportFunctions.Formats.Pdf.Fonts;
using HarfBuzzSharp;
using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>One font of one document, over bytes of its own that may be changed. Remembers which glyphs are used.</summary>
internal sealed unsafe class FontFace : IDisposable
{
    private readonly Dictionary<float, SKFont> _sizes = [];
    private readonly byte* _bytes;
    private readonly int _length;
    private readonly SKData _data;
    private readonly SKTypeface _typeface;
    private readonly bool[] _used;
    private readonly float _unitsPerEm;
    private Blob? _blob;
    private Face? _face;
    private Font? _shaper;

    private FontFace(byte* bytes, int length, SKData data, SKTypeface typeface)
    {
        _bytes = bytes;
        (_length, _data, _typeface) = (length, data, typeface);
        _used = new bool[typeface.GlyphCount];
        _unitsPerEm = typeface.UnitsPerEm;
    }

    /// <summary>Units of the shaper for one em.</summary>
    public float UnitsPerEm => _unitsPerEm;

    /// <summary>HarfBuzz's side of the font, with advances in font units; made when first needed.</summary>
    public Font Shaper
    {
        get
        {
            if (_shaper is null)
            {
                _blob = new Blob((nint)_bytes, _length, MemoryMode.ReadOnly);
                _face = new Face(_blob, 0);
                _shaper = new Font(_face);
                _shaper.SetScale((int)_unitsPerEm, (int)_unitsPerEm);
                _shaper.SetFunctionsOpenType();
            }

            return _shaper;
        }
    }

    /// <summary>Reads a font into memory.</summary>
    /// <param name="source">The font file, whose length is known.</param>
    /// <exception cref="ExportFailureException">The file is not a font; it was one when the app started.</exception>
    public static FontFace Load(Stream source)
    {
        var length = checked((int)source.Length);
        var bytes = (byte*)NativeMemory.Alloc((nuint)length);
        try
        {
            source.ReadExactly(new Span<byte>(bytes, length));
        }
        catch
        {
            NativeMemory.Free(bytes);
            throw;
        }

        // Skia's glyph cache outlives the document, so the memory goes when Skia lets go of it.
        var data = SKData.Create((nint)bytes, length, static (address, _) => NativeMemory.Free((void*)address));
        if (SKTypeface.FromData(data) is { } typeface)
            return new FontFace(bytes, length, data, typeface);

        data.Dispose();
        throw ExportFailureException.Permanent("font_unreadable", "A font file named in Exports:Pdf:FallbackFonts is not a font. Ask the operator to check the setting.");
    }

    /// <summary>The glyph of a code point; 0 when the font lacks it.</summary>
    public ushort Glyph(int codePoint) => _typeface.GetGlyph(codePoint);

    /// <summary>The advances of glyphs, in font units.</summary>
    public void Advances(ReadOnlySpan<ushort> glyphs, Span<float> units)
    {
        At(_unitsPerEm).GetGlyphWidths(glyphs, units, []);

        // Whole numbers in the font, a little off after Skia's fixed-point arithmetic.
        foreach (ref var unit in units)
            unit = MathF.Round(unit);
    }

    /// <summary>Notes that a glyph is in the document.</summary>
    public void Use(ushort glyph)
    {
        if (glyph < _used.Length)
            _used[glyph] = true;
    }

    /// <summary>The font at a size in points.</summary>
    public SKFont At(float size)
    {
        if (!_sizes.TryGetValue(size, out var font))
        {
            font = new SKFont(_typeface, size) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };
            _sizes[size] = font;
        }

        return font;
    }

    /// <summary>Drops the outlines of unused glyphs. Call once, when all text is drawn and before the document is closed.</summary>
    public void Subset() => TrueTypeSubset.Apply(new Span<byte>(_bytes, _length), _used);

    public void Dispose()
    {
        foreach (var font in _sizes.Values)
            font.Dispose();

        _shaper?.Dispose();
        _face?.Dispose();
        _blob?.Dispose();
        _typeface.Dispose();
        _data.Dispose();
    }
}

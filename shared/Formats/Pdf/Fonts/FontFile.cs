using HarfBuzzSharp;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// One font file on disk, immutable and shared by all documents. Memory holds what shaping needs; outlines are read when a document that
/// shows them is written.
/// </summary>
internal sealed class FontFile
{
    // What characters become glyphs by, with their places and advances.
    private static readonly string[] ShapingTables =
        ["GDEF", "GPOS", "GSUB", "OS/2", "cmap", "head", "hhea", "hmtx", "kern", "maxp", "morx"];

    private readonly FontTables _tables;

    // HarfBuzz reads it where it lies.
    private readonly byte[] _shaping;

    private FontFile(FontTables tables)
    {
        _tables = tables;
        UnitsPerEm = tables.UnitsPerEm;
        GlyphCount = tables.GlyphCount;
        Metrics = FontMetrics.Read(tables);
        var shaping = ShapingTables.Where(tables.Has).Select(tag => (tag, tables.Table(tag)));
        _shaping = FontAssembly.Make(0x00010000, [.. shaping], pinned: true);
        Face = MakeFace(_shaping);
    }

    /// <summary>HarfBuzz's side of the file.</summary>
    public Face Face { get; }

    /// <summary>Font units of one em.</summary>
    public int UnitsPerEm { get; }

    /// <summary>The number of glyphs.</summary>
    public int GlyphCount { get; }

    /// <summary>What a font descriptor says.</summary>
    public FontMetrics Metrics { get; }

    /// <summary>Whether outlines are PostScript's (the table CFF) rather than TrueType's.</summary>
    public bool IsPostScript => _tables.Has("CFF ");

    /// <summary>Reads a font.</summary>
    /// <param name="source">The file.</param>
    /// <param name="face">Which font of a collection; 0 for a file of one.</param>
    /// <exception cref="InvalidDataException">It is not a font that can be embedded; the message says why.</exception>
    public static FontFile Load(FontSource source, int face = 0)
    {
        var tables = FontTables.Read(source, face);
        Check(tables);
        return new FontFile(tables);
    }

    /// <summary>Rejects a font that can't be embedded.</summary>
    /// <exception cref="InvalidDataException">The message says why.</exception>
    public static void Check(FontTables tables)
    {
        if (!tables.Has("CFF ") && !tables.Has("glyf"))
        {
            throw new InvalidDataException(tables.Has("CFF2")
                ? "its outlines are variable PostScript ones (CFF2), which a PDF cannot hold; take the static font of the same name"
                : "it has neither TrueType nor PostScript outlines (bitmap and colour fonts cannot be embedded)");
        }

        if (!tables.AllowsEmbedding)
            throw new InvalidDataException("its licence flags forbid embedding, or embedding in part (OS/2 fsType)");
    }

    /// <summary>Whether the font has a glyph for a character.</summary>
    public bool Has(int codePoint)
    {
        using var font = new Font(Face);
        return font.TryGetNominalGlyph(codePoint, out var glyph) && glyph != 0;
    }

    /// <summary>
    /// A font of the outlines a document shows, with the numbers that glyphs have here. A variable font gives its default instance.
    /// </summary>
    /// <param name="used">By glyph: whether it is shown.</param>
    /// <param name="standIn">A glyph that takes the shape of glyph 0, the box for missing characters; 0 for none.</param>
    /// <exception cref="InvalidDataException">The font is damaged.</exception>
    public byte[] Subset(bool[] used, int standIn)
    {
        try
        {
            return IsPostScript ? CompactOutlines.Make(_tables, used, Metrics.Name) : TrueTypeSubset.Make(_tables, used, standIn);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"the outlines of the font {Metrics.Name} are damaged", exception);
        }
    }

    private static unsafe Face MakeFace(byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            using var blob = new Blob((nint)start, bytes.Length, MemoryMode.ReadOnly);
            blob.MakeImmutable();
            var face = new Face(blob, 0);
            face.MakeImmutable();
            return face;
        }
    }
}

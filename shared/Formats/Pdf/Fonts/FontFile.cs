using HarfBuzzSharp;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>One font as it lies on disk, read once and shared by all documents; nothing in it changes.</summary>
internal sealed class FontFile
{
    private FontFile(byte[] bytes, FontTables tables, Face face)
    {
        (Bytes, Face) = (bytes, face);
        UnitsPerEm = tables.UnitsPerEm;
        GlyphCount = tables.GlyphCount;
        Metrics = FontMetrics.Read(tables);
        Outlines = tables.Has("CFF "u8) ? CompactOutlines.Read(bytes, tables.Range("CFF "u8)) : null;
    }

    /// <summary>The file; pinned, because HarfBuzz reads it where it lies.</summary>
    public byte[] Bytes { get; }

    /// <summary>HarfBuzz's side of the file.</summary>
    public Face Face { get; }

    /// <summary>Font units of one em.</summary>
    public int UnitsPerEm { get; }

    /// <summary>The number of glyphs.</summary>
    public int GlyphCount { get; }

    /// <summary>What a font descriptor says.</summary>
    public FontMetrics Metrics { get; }

    /// <summary>The PostScript outlines of an OpenType font; null for TrueType outlines.</summary>
    public CompactOutlines? Outlines { get; }

    /// <summary>Reads a font.</summary>
    /// <param name="source">The file, whose length is known.</param>
    /// <exception cref="InvalidDataException">It is not a font that can be embedded; the message says why.</exception>
    public static FontFile Load(Stream source)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)source.Length), pinned: true);
        source.ReadExactly(bytes);
        var tables = FontTables.Read(bytes);
        if (!tables.Has("CFF "u8) && !tables.Has("glyf"u8))
            throw new InvalidDataException("it has neither TrueType nor PostScript outlines (bitmap and colour fonts cannot be embedded)");

        if (!tables.AllowsEmbedding)
            throw new InvalidDataException("its licence flags forbid embedding (OS/2 fsType)");

        return new FontFile(bytes, tables, MakeFace(bytes));
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

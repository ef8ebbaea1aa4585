using System.Buffers.Binary;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>The tables of one font of an OpenType file (specification 1.9), read when they are asked for.</summary>
internal sealed class FontTables
{
    private const int DirectoryStart = 12;
    private const int RecordBytes = 16;
    private const int MaxTables = 512;
    private const int MaxFaces = 1024;
    private const uint Collection = 0x74746366;
    private const ushort PostScriptName = 6;

    private static readonly (string Tag, int MinBytes)[] Needed = [("head", 54), ("maxp", 6), ("hhea", 36), ("hmtx", 6), ("cmap", 6)];

    private readonly FontSource _source;
    private readonly Dictionary<string, (long Offset, int Length)> _tables = new(StringComparer.Ordinal);

    private FontTables(FontSource source) => _source = source;

    public int UnitsPerEm => UInt16("head", 18);

    public int GlyphCount => UInt16("maxp", 4);

    /// <summary>
    /// False when the licence flags say "restricted", "bitmaps only" or "as a whole only": a document gets the glyphs it shows.
    /// </summary>
    public bool AllowsEmbedding => Length("OS/2") < 10 || ((UInt16("OS/2", 8) & 0x0302) == 0 && (UInt16("OS/2", 8) & 0x000F) != 2);

    /// <summary>The fonts in a file: more than one in a collection.</summary>
    /// <exception cref="InvalidDataException">The bytes are no font.</exception>
    public static int CountFaces(FontSource source)
    {
        var start = source.Read(0, DirectoryStart);
        return BinaryPrimitives.ReadUInt32BigEndian(start) != Collection
            ? 1
            : (int)Math.Min(MaxFaces, BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(8)));
    }

    /// <summary>Reads the directory.</summary>
    /// <param name="source">The file.</param>
    /// <param name="face">Which font of a collection; 0 for a file of one.</param>
    /// <exception cref="InvalidDataException">The bytes are no font that can be used; the message says why.</exception>
    public static FontTables Read(FontSource source, int face = 0)
    {
        var start = 0L;
        var head = source.Read(0, DirectoryStart);
        if (BinaryPrimitives.ReadUInt32BigEndian(head) == Collection)
        {
            if (face >= CountFaces(source))
                throw new InvalidDataException($"its collection has no font {face}");

            start = BinaryPrimitives.ReadUInt32BigEndian(source.Read(DirectoryStart + (4L * face), 4));
            head = source.Read(start, DirectoryStart);
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(head) is not (0x00010000 or 0x4F54544F or 0x74727565))
            throw new InvalidDataException("it is not a TrueType or OpenType font");

        var tables = new FontTables(source);
        tables.ReadDirectory(start + DirectoryStart, BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)));
        foreach (var (tag, leastBytes) in Needed)
        {
            if (tables.Length(tag) < leastBytes)
                throw new InvalidDataException($"its table {tag} is missing or damaged");
        }

        if (tables.UnitsPerEm is < 16 or > 16384)
            throw new InvalidDataException("its table head is damaged");

        return tables;
    }

    public bool Has(string tag) => _tables.ContainsKey(tag);

    public int Length(string tag) => _tables.TryGetValue(tag, out var table) ? table.Length : 0;

    /// <summary>All of a table; nothing when the font lacks it.</summary>
    public byte[] Table(string tag) => _tables.TryGetValue(tag, out var table) ? _source.Read(table.Offset, table.Length) : [];

    /// <summary>A piece of a table.</summary>
    /// <exception cref="InvalidDataException">The table is shorter or missing.</exception>
    public byte[] Piece(string tag, long offset, int length)
    {
        if (!_tables.TryGetValue(tag, out var table) || offset < 0 || length < 0 || offset + length > table.Length)
            throw new InvalidDataException($"its table {tag.TrimEnd()} is damaged");

        return _source.Read(table.Offset + offset, length);
    }

    public int UInt16(string tag, int offset)
    {
        Span<byte> value = stackalloc byte[2];
        if (!_tables.TryGetValue(tag, out var table) || offset + 2 > table.Length)
            throw new InvalidDataException($"its table {tag.TrimEnd()} is damaged");

        _source.Read(table.Offset + offset, value);
        return BinaryPrimitives.ReadUInt16BigEndian(value);
    }

    public int Int16(string tag, int offset) => (short)UInt16(tag, offset);

    /// <summary>The font's PostScript name, of letters, digits and hyphens; a fixed one when the font has none.</summary>
    public string FindPostScriptName()
    {
        const string Unnamed = "Font";
        var table = Table("name").AsSpan();
        if (table.Length < 6)
            return Unnamed;

        var strings = BinaryPrimitives.ReadUInt16BigEndian(table[4..]);
        for (var i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(table[2..]) && 18 + (i * 12) <= table.Length; i++)
        {
            var record = table.Slice(6 + (i * 12), 12);
            var start = strings + BinaryPrimitives.ReadUInt16BigEndian(record[10..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(record[8..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(record[6..]) != PostScriptName || start + length > table.Length)
                continue;

            // Names are Latin in any encoding; UTF-16 has zeros between the letters.
            var letters = Encoding.Latin1.GetString(table.Slice(start, length));
            var name = string.Concat(letters.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
            if (name.Length is > 0 and <= 63)
                return name;
        }

        return Unnamed;
    }

    private void ReadDirectory(long start, int count)
    {
        if (count > MaxTables)
            throw new InvalidDataException("its table directory is damaged");

        var records = _source.Read(start, count * RecordBytes);
        for (var i = 0; i < count; i++)
        {
            var record = records.AsSpan(i * RecordBytes, RecordBytes);
            var offset = BinaryPrimitives.ReadUInt32BigEndian(record[8..]);
            var length = BinaryPrimitives.ReadUInt32BigEndian(record[12..]);
            if (offset + (long)length > _source.Length || length > int.MaxValue)
                throw new InvalidDataException("it is cut short");

            _tables[Encoding.Latin1.GetString(record[..4])] = (offset, (int)length);
        }
    }
}

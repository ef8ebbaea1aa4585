using System.Buffers.Binary;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>The tables of an OpenType font (specification 1.9).</summary>
internal sealed class FontTables
{
    private const int DirectoryStart = 12;
    private const int RecordBytes = 16;
    private const ushort PostScriptName = 6;

    private readonly byte[] _font;
    private readonly Dictionary<string, Range> _tables = new(StringComparer.Ordinal);

    private FontTables(byte[] font) => _font = font;

    public int UnitsPerEm => UInt16("head"u8, 18);

    public int GlyphCount => UInt16("maxp"u8, 4);

    /// <summary>False when the licence flags say "restricted" or "bitmaps only".</summary>
    public bool AllowsEmbedding => !Has("OS/2"u8) || (UInt16("OS/2"u8, 8) & 0x0202) is 0 && (UInt16("OS/2"u8, 8) & 0x000F) != 2;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">The bytes are not one font.</exception>
    public static FontTables Read(byte[] font)
    {
        var tables = new FontTables(font);
        var version = font.Length < DirectoryStart ? 0 : BinaryPrimitives.ReadUInt32BigEndian(font);
        if (version == 0x74746366)
            throw new InvalidDataException("it is a collection of fonts; extract the one to use");

        if (version is not (0x00010000 or 0x4F54544F or 0x74727565))
            throw new InvalidDataException("it is not a TrueType or OpenType font");

        for (var i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4)); i++)
            tables.Add(DirectoryStart + (i * RecordBytes));

        foreach (var needed in (string[])["head", "maxp", "hhea", "hmtx", "cmap"])
        {
            if (!tables._tables.TryGetValue(needed, out var range) || range.End.Value - range.Start.Value < 6)
                throw new InvalidDataException($"its table {needed} is missing or damaged");
        }

        if (tables.Length("head"u8) < 54 || tables.Length("hhea"u8) < 36 || tables.UnitsPerEm is < 16 or > 16384)
            throw new InvalidDataException("its table head or hhea is damaged");

        return tables;
    }

    public bool Has(ReadOnlySpan<byte> tag) => _tables.ContainsKey(Encoding.ASCII.GetString(tag));

    /// <summary>Where a table lies in the file.</summary>
    public Range Range(ReadOnlySpan<byte> tag) => _tables[Encoding.ASCII.GetString(tag)];

    public int Length(ReadOnlySpan<byte> tag) => _tables.TryGetValue(Encoding.ASCII.GetString(tag), out var range) ? range.End.Value - range.Start.Value : 0;

    public int UInt16(ReadOnlySpan<byte> tag, int offset) => BinaryPrimitives.ReadUInt16BigEndian(_font.AsSpan(Range(tag))[offset..]);

    public int Int16(ReadOnlySpan<byte> tag, int offset) => (short)UInt16(tag, offset);

    /// <summary>The font's PostScript name, of letters, digits and hyphens; a fixed one when the font has none.</summary>
    public string FindPostScriptName()
    {
        if (Length("name"u8) < 6)
            return "Font";

        var table = _font.AsSpan(Range("name"u8));
        var strings = BinaryPrimitives.ReadUInt16BigEndian(table[4..]);
        for (var i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(table[2..]) && 18 + (i * 12) <= table.Length; i++)
        {
            var record = table.Slice(6 + (i * 12), 12);
            var start = strings + BinaryPrimitives.ReadUInt16BigEndian(record[10..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(record[8..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(record[6..]) != PostScriptName || start + length > table.Length)
                continue;

            // Names are Latin in any encoding; UTF-16 has zeros between the letters.
            var name = string.Concat(Encoding.Latin1.GetString(table.Slice(start, length)).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
            if (name.Length is > 0 and <= 63)
                return name;
        }

        return "Font";
    }

    private void Add(int record)
    {
        if (record + RecordBytes > _font.Length)
            throw new InvalidDataException("its table directory is cut short");

        var offset = BinaryPrimitives.ReadUInt32BigEndian(_font.AsSpan(record + 8));
        var length = BinaryPrimitives.ReadUInt32BigEndian(_font.AsSpan(record + 12));
        if ((ulong)offset + length > (ulong)_font.Length)
            throw new InvalidDataException("it is cut short");

        _tables[Encoding.ASCII.GetString(_font, record, 4)] = (int)offset..(int)(offset + length);
    }
}

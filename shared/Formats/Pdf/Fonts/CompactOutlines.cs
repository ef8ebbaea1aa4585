using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// The PostScript outlines of an OpenType font: its CFF table (Adobe technical note 5176). Glyphs keep their places; those a document does not
/// use shrink to an <c>endchar</c> and zeros, which deflate to nothing.
/// </summary>
internal sealed class CompactOutlines
{
    private const int CharsetOperator = 15;
    private const int CharStringsOperator = 17;
    private const int RegistryOperator = 0x0C1E;
    private const byte EndChar = 14;

    private readonly Range _table;
    private readonly int[] _starts;
    private readonly ushort[]? _identifiers;

    private CompactOutlines(Range table, int[] starts, ushort[]? identifiers) => (_table, _starts, _identifiers) = (table, starts, identifiers);

    /// <summary>Finds the outlines.</summary>
    /// <exception cref="InvalidDataException">The table is damaged.</exception>
    public static CompactOutlines Read(byte[] font, Range table)
    {
        try
        {
            ReadOnlySpan<byte> outlines = font.AsSpan(table);
            var names = Index(outlines, outlines[2]);
            var top = Index(outlines, names[^1]);
            var entries = Dictionary(outlines[top[0]..top[1]]);
            var starts = Index(outlines, entries[CharStringsOperator]);
            var isByIdentifier = entries.ContainsKey(RegistryOperator);
            return new CompactOutlines(table, starts, isByIdentifier ? Charset(outlines, entries.GetValueOrDefault(CharsetOperator), starts.Length - 1) : null);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or IndexOutOfRangeException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException("its table CFF is damaged", exception);
        }
    }

    /// <summary>The number text uses for a glyph: its CID in a CID-keyed font, else the glyph's own (ISO 32000-1, 9.7.4.2).</summary>
    public ushort CodeOf(ushort glyph) => _identifiers is null || glyph >= _identifiers.Length ? glyph : _identifiers[glyph];

    /// <summary>A copy of the table without the outlines of unused glyphs.</summary>
    public byte[] Subset(byte[] font, bool[] used)
    {
        var copy = font.AsSpan(_table).ToArray();
        for (var glyph = 1; glyph < _starts.Length - 1; glyph++)
        {
            if (glyph < used.Length && used[glyph])
                continue;

            var outline = copy.AsSpan(_starts[glyph].._starts[glyph + 1]);
            outline.Clear();
            if (!outline.IsEmpty)
                outline[0] = EndChar;
        }

        return copy;
    }

    // An INDEX: a count, the width of its offsets, the offsets from one byte before the objects, the objects. Gives where each object starts, and the end.
    private static int[] Index(ReadOnlySpan<byte> outlines, int start)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(outlines[start..]);
        if (count == 0)
            return [start + 2];

        var width = outlines[start + 2];
        var before = start + 2 + ((count + 1) * width);
        var starts = new int[count + 1];
        for (var i = 0; i <= count; i++)
        {
            var offset = 0;
            for (var j = 0; j < width; j++)
                offset = checked((offset << 8) | outlines[start + 3 + (i * width) + j]);

            starts[i] = before + offset;
            if (starts[i] > outlines.Length || (i > 0 && starts[i] < starts[i - 1]))
                throw new ArgumentOutOfRangeException(nameof(start));
        }

        return starts;
    }

    // Operators with their first operand; real numbers are skipped, none that matters is one.
    private static Dictionary<int, int> Dictionary(ReadOnlySpan<byte> entries)
    {
        var result = new Dictionary<int, int>();
        var operands = new List<int>();
        for (var i = 0; i < entries.Length;)
        {
            int first = entries[i++];
            switch (first)
            {
                case <= 21:
                    result[first == 12 ? 0x0C00 | entries[i++] : first] = operands.Count > 0 ? operands[0] : 0;
                    operands.Clear();
                    break;
                case 28:
                    operands.Add(BinaryPrimitives.ReadInt16BigEndian(entries[i..]));
                    i += 2;
                    break;
                case 29:
                    operands.Add(BinaryPrimitives.ReadInt32BigEndian(entries[i..]));
                    i += 4;
                    break;
                case 30:
                    operands.Add(0);
                    while ((entries[i] & 0x0F) != 0x0F && (entries[i] & 0xF0) != 0xF0)
                        i++;

                    i++;
                    break;
                case >= 247 and <= 250:
                    operands.Add(((first - 247) * 256) + entries[i++] + 108);
                    break;
                case >= 251 and <= 254:
                    operands.Add((-(first - 251) * 256) - entries[i++] - 108);
                    break;
                default:
                    operands.Add(first - 139);
                    break;
            }
        }

        return result;
    }

    // The CID of each glyph; glyph 0 is CID 0.
    private static ushort[] Charset(ReadOnlySpan<byte> outlines, int start, int glyphs)
    {
        var identifiers = new ushort[glyphs];
        var format = outlines[start++];
        for (var glyph = 1; glyph < glyphs;)
        {
            var first = BinaryPrimitives.ReadUInt16BigEndian(outlines[start..]);
            start += 2;
            var further = 0;
            if (format == 1)
                further = outlines[start++];

            if (format == 2)
            {
                further = BinaryPrimitives.ReadUInt16BigEndian(outlines[start..]);
                start += 2;
            }

            for (var i = 0; i <= further && glyph < glyphs; i++)
                identifiers[glyph++] = (ushort)(first + i);
        }

        return identifiers;
    }
}

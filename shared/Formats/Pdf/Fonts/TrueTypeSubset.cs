using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// Makes a TrueType font for one document: the outlines it shows and their parts, every glyph with the number it had, and none behind the
/// last one shown. What only shaping and names need is left out: text in the document names glyphs.
/// </summary>
/// <remarks>OpenType specification 1.9: <c>loca</c>, <c>glyf</c>, <c>hmtx</c>, <c>maxp</c>; ISO 32000-1, 9.9, for the tables a document
/// needs.</remarks>
internal static class TrueTypeSubset
{
    private const int LongOffsetsField = 50;
    private const int MaxOutlineBytes = 1024 * 1024;

    /// <summary>Makes the font.</summary>
    /// <param name="tables">The whole font.</param>
    /// <param name="used">By glyph: whether it is shown.</param>
    /// <param name="standIn">A glyph that takes the shape of glyph 0, the box for missing characters, which PDF/A forbids to show itself; 0
    /// for none.</param>
    /// <exception cref="InvalidDataException">The outlines are damaged.</exception>
    public static byte[] Make(FontTables tables, bool[] used, int standIn)
    {
        var outlines = new Outlines(tables);
        var kept = new SortedDictionary<int, byte[]> { [0] = outlines[0] };
        var open = new Stack<int>();
        for (var glyph = 1; glyph < used.Length; glyph++)
        {
            if (used[glyph])
                open.Push(glyph);
        }

        while (open.TryPop(out var glyph))
        {
            if (kept.ContainsKey(glyph))
                continue;

            kept[glyph] = glyph == standIn && standIn != 0 ? outlines[0] : outlines[glyph];
            foreach (var part in PartsOf(kept[glyph]))
                open.Push(part);
        }

        return Assemble(tables, kept, kept.ContainsKey(standIn) ? standIn : 0);
    }

    private static byte[] Assemble(FontTables tables, SortedDictionary<int, byte[]> kept, int standIn)
    {
        var count = kept.Keys.Last() + 1;
        var (loca, glyf) = Join(kept, count);
        var head = tables.Table("head");
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(LongOffsetsField), 1);
        var maxp = tables.Table("maxp");
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)count);
        var hhea = tables.Table("hhea");
        var hmtx = Advances(tables, count, BinaryPrimitives.ReadUInt16BigEndian(hhea.AsSpan(34)));
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)count);

        // The side bearing belongs to the shape.
        hmtx.AsSpan(2, 2).CopyTo(hmtx.AsSpan((standIn * 4) + 2));

        (string Tag, byte[] Bytes)[] all =
        [
            ("cvt ", tables.Table("cvt ")), ("fpgm", tables.Table("fpgm")), ("glyf", glyf), ("head", head), ("hhea", hhea), ("hmtx", hmtx),
            ("loca", loca), ("maxp", maxp), ("prep", tables.Table("prep")),
        ];
        return FontAssembly.Make(0x00010000, [.. all.Where(table => table.Bytes.Length > 0 || table.Tag == "glyf")]);
    }

    private static (byte[] Loca, byte[] Glyf) Join(SortedDictionary<int, byte[]> kept, int count)
    {
        var loca = new byte[(count + 1) * 4];
        var glyf = new byte[kept.Values.Sum(outline => outline.Length + (outline.Length & 1))];
        var end = 0;
        for (var glyph = 0; glyph < count; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(glyph * 4), end);
            if (!kept.TryGetValue(glyph, out var outline))
                continue;

            outline.CopyTo(glyf, end);
            end += outline.Length + (outline.Length & 1);
        }

        BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(count * 4), end);
        return (loca, glyf);
    }

    // Advance and side bearing of each glyph; the last glyphs of a font may share an advance.
    private static byte[] Advances(FontTables tables, int count, int advances)
    {
        var hmtx = tables.Table("hmtx");
        if (advances == 0 || advances * 4 > hmtx.Length)
            throw new InvalidDataException("its table hmtx is damaged");

        var result = new byte[count * 4];
        hmtx.AsSpan(0, Math.Min(count, advances) * 4).CopyTo(result);
        for (var glyph = advances; glyph < count; glyph++)
        {
            hmtx.AsSpan((advances - 1) * 4, 2).CopyTo(result.AsSpan(glyph * 4));
            var bearing = (advances * 4) + ((glyph - advances) * 2);
            if (bearing + 2 <= hmtx.Length)
                hmtx.AsSpan(bearing, 2).CopyTo(result.AsSpan((glyph * 4) + 2));
        }

        return result;
    }

    // A composite glyph lists its parts: flags, glyph number, then arguments whose size the flags tell.
    private static List<int> PartsOf(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return parts;

        var position = 10;
        int flags;
        do
        {
            if (position + 4 > outline.Length)
                break;

            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[position..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(position + 2)..]));
            position += 4 + ArgumentBytes(flags);
        }
        while ((flags & 0x0020) != 0);
        return parts;
    }

    private static int ArgumentBytes(int flags)
    {
        var arguments = (flags & 0x0001) != 0 ? 4 : 2;
        if ((flags & 0x0008) != 0)
            return arguments + 2;

        if ((flags & 0x0040) != 0)
            return arguments + 4;

        return (flags & 0x0080) != 0 ? arguments + 8 : arguments;
    }

    /// <summary>The outlines by glyph; a glyph the font lacks has none.</summary>
    private sealed class Outlines(FontTables tables)
    {
        private readonly byte[] _loca = tables.Table("loca");
        private readonly bool _isLong = tables.Int16("head", LongOffsetsField) != 0;

        public byte[] this[int glyph]
        {
            get
            {
                var bytes = _isLong ? 4 : 2;
                if ((glyph + 2) * bytes > _loca.Length)
                    return [];

                var (start, end) = (Offset(glyph), Offset(glyph + 1));
                if (end - start > MaxOutlineBytes)
                    throw new InvalidDataException("its table loca is damaged");

                return start >= end ? [] : tables.Piece("glyf", start, (int)(end - start));
            }
        }

        private long Offset(int glyph) =>
            _isLong
                ? BinaryPrimitives.ReadUInt32BigEndian(_loca.AsSpan(glyph * 4))
                : BinaryPrimitives.ReadUInt16BigEndian(_loca.AsSpan(glyph * 2)) * 2L;
    }
}

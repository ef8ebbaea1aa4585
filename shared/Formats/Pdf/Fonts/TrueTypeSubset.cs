using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// Makes a TrueType font small inside a document: the outlines of unused glyphs go, every glyph keeps its number, and every table its
/// place, so that readers of the font's memory stay right. What was taken out becomes zeros, which deflate to nothing.
/// </summary>
/// <remarks>OpenType specification 1.9: table directory, <c>loca</c>, <c>glyf</c>, <c>head</c>.</remarks>
internal static class TrueTypeSubset
{
    private const int DirectoryStart = 12;
    private const int RecordBytes = 16;
    private const int LongOffsetsField = 50;

    /// <summary>Empties unused glyphs. A font that is not plain TrueType (OpenType with PostScript outlines, a collection) stays as it is.</summary>
    /// <param name="font">The font's bytes.</param>
    /// <param name="used">By glyph number; parts of used composite glyphs are added.</param>
    /// <param name="standIn">A glyph that takes the shape of glyph 0, the box for missing characters, which PDF/A forbids to show itself; 0 for none.</param>
    public static void Apply(Span<byte> font, bool[] used, int standIn = 0)
    {
        if (font.Length < DirectoryStart || BinaryPrimitives.ReadUInt32BigEndian(font) != 0x00010000)
            return;

        var head = Table(font, "head"u8);
        var glyf = Table(font, "glyf"u8);
        var loca = Table(font, "loca"u8);
        if (head.Length < 54 || glyf.IsEmpty || loca.IsEmpty)
            return;

        var offsets = new Offsets(loca, BinaryPrimitives.ReadInt16BigEndian(head[LongOffsetsField..]) != 0);
        if (offsets.Glyphs < used.Length || !offsets.AreOrdered(glyf.Length))
            return;

        used[0] = true;
        KeepParts(glyf, offsets, used);
        var box = standIn == 0 ? [] : glyf[offsets[0]..offsets[1]].ToArray();
        Compact(glyf, offsets, used, standIn, box);

        // Shaping happens before a document is written, never when it is read.
        Table(font, "GSUB"u8).Clear();
        Table(font, "GPOS"u8).Clear();
        Table(font, "GDEF"u8).Clear();
        WriteChecksums(font);
    }

    private static void Compact(Span<byte> glyf, Offsets offsets, bool[] used, int standIn, byte[] box)
    {
        var target = 0;
        for (var glyph = 0; glyph < offsets.Glyphs; glyph++)
        {
            var (start, end) = (offsets[glyph], offsets[glyph + 1]);
            offsets[glyph] = target;
            if (glyph == standIn && box.Length > 0 && box.Length <= end - start)
            {
                box.CopyTo(glyf[target..]);
                target += box.Length;
            }
            else if (glyph < used.Length && used[glyph])
            {
                glyf[start..end].CopyTo(glyf[target..]);
                target += end - start;
            }
        }

        offsets[offsets.Glyphs] = target;
        glyf[target..].Clear();
    }

    // A composite glyph lists its parts: flags, glyph number, then arguments whose size the flags tell.
    private static void KeepParts(ReadOnlySpan<byte> glyf, Offsets offsets, bool[] used)
    {
        var open = new Stack<int>();
        for (var glyph = 0; glyph < used.Length; glyph++)
        {
            if (used[glyph])
                open.Push(glyph);
        }

        while (open.TryPop(out var glyph))
        {
            var outline = glyf[offsets[glyph]..offsets[glyph + 1]];
            if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
                continue;

            var position = 10;
            int flags;
            do
            {
                if (position + 4 > outline.Length)
                    break;

                flags = BinaryPrimitives.ReadUInt16BigEndian(outline[position..]);
                var part = BinaryPrimitives.ReadUInt16BigEndian(outline[(position + 2)..]);
                if (part < used.Length && !used[part])
                {
                    used[part] = true;
                    open.Push(part);
                }

                position += 4 + ArgumentBytes(flags);
            }
            while ((flags & 0x0020) != 0);
        }
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

    private static void WriteChecksums(Span<byte> font)
    {
        var tables = BinaryPrimitives.ReadUInt16BigEndian(font[4..]);
        for (var i = 0; i < tables; i++)
        {
            var record = font.Slice(DirectoryStart + (i * RecordBytes), RecordBytes);
            if (!record[..4].SequenceEqual("head"u8))
                BinaryPrimitives.WriteUInt32BigEndian(record[4..], Checksum(Table(font, record[..4])));
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        for (; table.Length >= 4; table = table[4..])
            sum += BinaryPrimitives.ReadUInt32BigEndian(table);

        for (var i = 0; i < table.Length; i++)
            sum += (uint)table[i] << (24 - (8 * i));

        return sum;
    }

    private static Span<byte> Table(Span<byte> font, ReadOnlySpan<byte> tag)
    {
        var tables = BinaryPrimitives.ReadUInt16BigEndian(font[4..]);
        for (var i = 0; i < tables && DirectoryStart + ((i + 1) * RecordBytes) <= font.Length; i++)
        {
            var record = font.Slice(DirectoryStart + (i * RecordBytes), RecordBytes);
            var offset = BinaryPrimitives.ReadUInt32BigEndian(record[8..]);
            var length = BinaryPrimitives.ReadUInt32BigEndian(record[12..]);
            if (record[..4].SequenceEqual(tag) && (ulong)offset + length <= (ulong)font.Length)
                return font.Slice((int)offset, (int)length);
        }

        return [];
    }

    /// <summary>The <c>loca</c> table: where each glyph's outline starts, and at last where they end.</summary>
    private readonly ref struct Offsets(Span<byte> loca, bool isLong)
    {
        private readonly Span<byte> _loca = loca;

        public int Glyphs => (_loca.Length / (isLong ? 4 : 2)) - 1;

        public int this[int glyph]
        {
            get => isLong ? BinaryPrimitives.ReadInt32BigEndian(_loca[(glyph * 4)..]) : BinaryPrimitives.ReadUInt16BigEndian(_loca[(glyph * 2)..]) * 2;
            set
            {
                if (isLong)
                    BinaryPrimitives.WriteInt32BigEndian(_loca[(glyph * 4)..], value);
                else
                    BinaryPrimitives.WriteUInt16BigEndian(_loca[(glyph * 2)..], (ushort)(value / 2));
            }
        }

        public bool AreOrdered(int end)
        {
            for (var glyph = 0; glyph < Glyphs; glyph++)
            {
                if (this[glyph] < 0 || this[glyph] > this[glyph + 1])
                    return false;
            }

            return Glyphs > 0 && this[Glyphs] <= end;
        }
    }
}

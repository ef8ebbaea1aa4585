using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>The characters a font has glyphs for, as ranges of code points (OpenType specification 1.9, <c>cmap</c>).</summary>
internal sealed class FontCoverage
{
    private const int MaxRanges = 100_000;

    // First and last code point of each range, in ascending order.
    private readonly int[] _bounds;

    private FontCoverage(int[] bounds) => _bounds = bounds;

    /// <summary>
    /// Reads it from the subtable with the most characters that means Unicode; nothing is covered when there is none that is known here.
    /// </summary>
    /// <exception cref="InvalidDataException">The table is damaged.</exception>
    public static FontCoverage Read(FontTables tables)
    {
        var cmap = tables.Table("cmap").AsSpan();
        var best = (Rank: 0, Offset: 0);
        for (var i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(cmap[2..]) && 12 + (i * 8) <= cmap.Length; i++)
        {
            var record = cmap.Slice(4 + (i * 8), 8);
            var offset = BinaryPrimitives.ReadUInt32BigEndian(record[4..]);
            if (offset + 16L > cmap.Length)
                continue;

            var (platform, encoding) = (BinaryPrimitives.ReadUInt16BigEndian(record), BinaryPrimitives.ReadUInt16BigEndian(record[2..]));
            var rank = RankOf(platform, encoding, BinaryPrimitives.ReadUInt16BigEndian(cmap[(int)offset..]));
            if (rank > best.Rank)
                best = (rank, (int)offset);
        }

        var bounds = best.Rank switch
        {
            2 => Groups(cmap[best.Offset..]),
            1 => Segments(cmap[best.Offset..]),
            _ => [],
        };
        return new FontCoverage(bounds);
    }

    /// <summary>Whether a character is in one of the ranges. One that is may still have no glyph.</summary>
    public bool Has(int codePoint)
    {
        var (low, high) = (0, (_bounds.Length / 2) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < _bounds[middle * 2])
                high = middle - 1;
            else if (codePoint > _bounds[(middle * 2) + 1])
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    // Unicode by platform 0 or Windows's encodings 1 and 10; symbol fonts and format 13, which answers for all characters, are left out.
    private static int RankOf(int platform, int encoding, int format) => (platform, encoding, format) switch
    {
        (0 or 3, _, 12) => 2,
        (0, not 5, 4) or (3, 1, 4) => 1,
        _ => 0,
    };

    private static int[] Groups(ReadOnlySpan<byte> table)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(table[12..]);
        if (count > MaxRanges || 16 + (count * 12L) > table.Length)
            throw new InvalidDataException("its table cmap is damaged");

        var bounds = new Bounds();
        for (var i = 0; i < count; i++)
        {
            var group = table.Slice(16 + (i * 12), 8);
            bounds.Add(BinaryPrimitives.ReadUInt32BigEndian(group), BinaryPrimitives.ReadUInt32BigEndian(group[4..]));
        }

        return bounds.ToArray();
    }

    private static int[] Segments(ReadOnlySpan<byte> table)
    {
        var bytes = BinaryPrimitives.ReadUInt16BigEndian(table[6..]) & ~1;
        if (16 + (bytes * 2) > table.Length)
            throw new InvalidDataException("its table cmap is damaged");

        var bounds = new Bounds();
        for (var i = 0; i < bytes; i += 2)
        {
            var last = BinaryPrimitives.ReadUInt16BigEndian(table[(14 + i)..]);
            bounds.Add(BinaryPrimitives.ReadUInt16BigEndian(table[(16 + bytes + i)..]), Math.Min(last, (ushort)0xFFFD));
        }

        return bounds.ToArray();
    }

    /// <summary>Joins ranges that touch; one that does not ascend is damage and left out.</summary>
    private sealed class Bounds
    {
        private readonly List<int> _bounds = [];

        public void Add(uint first, uint last)
        {
            if (last > 0x10FFFF || first > last || (_bounds.Count > 0 && first <= _bounds[^1]))
                return;

            if (_bounds.Count > 0 && first == _bounds[^1] + 1)
                _bounds[^1] = (int)last;
            else
                _bounds.AddRange([(int)first, (int)last]);
        }

        public int[] ToArray() => [.. _bounds];
    }
}

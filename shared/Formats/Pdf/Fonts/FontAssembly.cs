using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>Puts tables together to a font file (OpenType specification 1.9, "Table Directory").</summary>
internal static class FontAssembly
{
    private const int DirectoryStart = 12;
    private const int RecordBytes = 16;

    /// <summary>Makes the file.</summary>
    /// <param name="version">What it begins with: 1.0 for TrueType outlines.</param>
    /// <param name="tables">The tables, in the order of their tags.</param>
    /// <param name="pinned">Whether it must not move in memory.</param>
    public static byte[] Make(uint version, IReadOnlyList<(string Tag, byte[] Bytes)> tables, bool pinned = false)
    {
        var directory = DirectoryStart + (tables.Count * RecordBytes);
        var font = GC.AllocateArray<byte>(directory + tables.Sum(table => Padded(table.Bytes.Length)), pinned);
        var power = BitOperations.Log2((uint)tables.Count);
        BinaryPrimitives.WriteUInt32BigEndian(font, version);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(6), (ushort)(RecordBytes << power));
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(10), (ushort)((tables.Count - (1 << power)) * RecordBytes));

        var offset = directory;
        for (var i = 0; i < tables.Count; i++)
        {
            var (tag, bytes) = tables[i];
            bytes.CopyTo(font, offset);
            var record = font.AsSpan(DirectoryStart + (i * RecordBytes), RecordBytes);
            Encoding.Latin1.GetBytes(tag, record);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Checksum(font.AsSpan(offset, Padded(bytes.Length))));
            BinaryPrimitives.WriteInt32BigEndian(record[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(record[12..], bytes.Length);
            offset += Padded(bytes.Length);
        }

        return font;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static uint Checksum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        for (; table.Length >= 4; table = table[4..])
            sum += BinaryPrimitives.ReadUInt32BigEndian(table);

        return sum;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace ExportFunctions.Compression;

/// <summary>The records around a zip file's content, byte by byte (APPNOTE 6.3.10, section 4.3).</summary>
internal static class ZipRecords
{
    /// <summary>Room for the longest record: a header with a name of 256 bytes.</summary>
    public const int MaxRecordLength = 512;

    private const ushort Stored = 0;
    private const ushort Deflated = 8;
    private const ushort StreamedFlag = 8;
    private const ushort Version = 20;
    private const ushort Zip64Version = 45;

    /// <summary>4.3.7: the local header before an entry.</summary>
    public static int LocalHeader(Span<byte> record, in ZipEntry entry)
    {
        // 4.5.3 requires both sizes in the extra field of a local header; they aren't known yet, so 0 is written.
        var isHuge = entry.HasZip64Header;
        var fields = new Fields(record);
        fields.Add(0x04034B50u);
        fields.Add(isHuge ? Zip64Version : Version);
        fields.Add(entry.IsStreamed ? StreamedFlag : (ushort)0);
        fields.Add(entry.IsStored ? Stored : Deflated);
        fields.Add(entry.Time);
        fields.Add(entry.Crc32);
        fields.Add(isHuge ? uint.MaxValue : (uint)entry.CompressedBytes);
        fields.Add(isHuge ? uint.MaxValue : (uint)entry.UncompressedBytes);
        fields.Add((ushort)entry.Name.Length);
        fields.Add((ushort)(isHuge ? 20 : 0));
        fields.Add(entry.Name);
        if (!isHuge)
            return fields.Length;

        fields.Add((ushort)1);
        fields.Add((ushort)16);
        fields.Add(0L);
        fields.Add(0L);
        return fields.Length;
    }

    /// <summary>4.3.9: the descriptor after a streamed entry.</summary>
    public static int Descriptor(Span<byte> record, in ZipEntry entry, uint zip64From)
    {
        var fields = new Fields(record);
        fields.Add(0x08074B50u);
        fields.Add(entry.Crc32);
        if (entry.HasZip64Header || entry.CompressedBytes >= zip64From || entry.UncompressedBytes >= zip64From)
        {
            fields.Add(entry.CompressedBytes);
            fields.Add(entry.UncompressedBytes);
            return fields.Length;
        }

        fields.Add((uint)entry.CompressedBytes);
        fields.Add((uint)entry.UncompressedBytes);
        return fields.Length;
    }

    /// <summary>4.3.12: an entry in the central directory.</summary>
    public static int DirectoryHeader(Span<byte> record, in ZipEntry entry, uint zip64From)
    {
        var wideSizes = entry.UncompressedBytes >= zip64From || entry.CompressedBytes >= zip64From;
        var wideOffset = entry.Offset >= zip64From;
        var extra = (wideSizes ? 16 : 0) + (wideOffset ? 8 : 0);
        var version = wideSizes || wideOffset || entry.HasZip64Header ? Zip64Version : Version;
        var fields = new Fields(record);
        fields.Add(0x02014B50u);
        fields.Add(version);
        fields.Add(version);
        fields.Add(entry.IsStreamed ? StreamedFlag : (ushort)0);
        fields.Add(entry.IsStored ? Stored : Deflated);
        fields.Add(entry.Time);
        fields.Add(entry.Crc32);
        fields.Add(wideSizes ? uint.MaxValue : (uint)entry.CompressedBytes);
        fields.Add(wideSizes ? uint.MaxValue : (uint)entry.UncompressedBytes);
        fields.Add((ushort)entry.Name.Length);
        fields.Add((ushort)(extra > 0 ? extra + 4 : 0));
        fields.Add((ushort)0); // comment
        fields.Add((ushort)0); // disk
        fields.Add((ushort)0); // internal attributes
        fields.Add(0u); // external attributes
        fields.Add(wideOffset ? uint.MaxValue : (uint)entry.Offset);
        fields.Add(entry.Name);
        if (extra == 0)
            return fields.Length;

        fields.Add((ushort)1);
        fields.Add((ushort)extra);
        if (wideSizes)
        {
            fields.Add(entry.UncompressedBytes);
            fields.Add(entry.CompressedBytes);
        }

        if (wideOffset)
            fields.Add(entry.Offset);

        return fields.Length;
    }

    /// <summary>4.3.14 to 4.3.16: the end records.</summary>
    public static int End(Span<byte> record, int entries, long directoryOffset, long directoryBytes, uint zip64From)
    {
        var fields = new Fields(record);
        var wide = directoryOffset >= zip64From || directoryBytes >= zip64From || entries >= ushort.MaxValue;
        if (wide)
        {
            fields.Add(0x06064B50u);
            fields.Add(44L); // the bytes of this record that follow
            fields.Add(Zip64Version);
            fields.Add(Zip64Version);
            fields.Add(0u);
            fields.Add(0u);
            fields.Add((long)entries);
            fields.Add((long)entries);
            fields.Add(directoryBytes);
            fields.Add(directoryOffset);
            fields.Add(0x07064B50u);
            fields.Add(0u);
            fields.Add(directoryOffset + directoryBytes);
            fields.Add(1u);
        }

        fields.Add(0x06054B50u);
        fields.Add(0u); // disks
        fields.Add((ushort)Math.Min(entries, ushort.MaxValue));
        fields.Add((ushort)Math.Min(entries, ushort.MaxValue));
        fields.Add(wide ? uint.MaxValue : (uint)directoryBytes);
        fields.Add(wide ? uint.MaxValue : (uint)directoryOffset);
        fields.Add((ushort)0); // comment
        return fields.Length;
    }

    // Writes consecutive little-endian numbers.
    private ref struct Fields(Span<byte> record)
    {
        private readonly Span<byte> _record = record;

        public int Length { get; private set; }

        public void Add(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_record[Length..], value);
            Length += sizeof(ushort);
        }

        public void Add(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_record[Length..], value);
            Length += sizeof(uint);
        }

        public void Add(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_record[Length..], value);
            Length += sizeof(long);
        }

        public void Add(string ascii) => Length += Encoding.ASCII.GetBytes(ascii, _record[Length..]);
    }
}

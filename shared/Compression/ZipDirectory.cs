using System.Buffers.Binary;
using System.Text;

namespace ExportFunctions.Compression;

/// <summary>
/// The central directory of a zip file written by <see cref="ZipWriter"/> (APPNOTE 6.3.10, 4.3.12 to 4.3.16): without a comment, in one
/// part.
/// </summary>
/// <param name="Offset">Where the directory begins, which is where the content ends.</param>
/// <param name="Entries">The entries, in the directory's order.</param>
internal sealed record ZipDirectory(long Offset, IReadOnlyList<ZipEntry> Entries)
{
    /// <summary>The bytes at a file's end that <see cref="Locate"/> needs: the end records of a large file.</summary>
    public const int EndBytes = 22 + 20 + 56;

    private const int HeaderBytes = 46;

    /// <summary>Finds the directory.</summary>
    /// <param name="end">The file's last bytes: <see cref="EndBytes"/> of them, or all there are.</param>
    /// <returns>Where the directory begins and how many bytes it has.</returns>
    /// <exception cref="InvalidDataException">It isn't the end of such a file.</exception>
    public static (long Offset, long Bytes) Locate(ReadOnlySpan<byte> end)
    {
        if (end.Length < 22 || ReadUInt32(end[^22..]) != 0x06054B50u)
            throw NotOurs();

        var record = end[^22..];
        var (bytes, offset) = (ReadUInt32(record[12..]), ReadUInt32(record[16..]));
        if (bytes != uint.MaxValue || offset != uint.MaxValue)
            return (offset, bytes);
        if (end.Length < EndBytes || ReadUInt32(end[^EndBytes..]) != 0x06064B50u)
            throw NotOurs();

        record = end[^EndBytes..];
        return (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]));
    }

    /// <summary>Reads the directory.</summary>
    /// <param name="directory">Its bytes; more may follow.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <exception cref="InvalidDataException">It isn't a directory.</exception>
    public static ZipDirectory Read(ReadOnlySpan<byte> directory, long offset)
    {
        var entries = new List<ZipEntry>();
        while (directory.Length >= HeaderBytes && ReadUInt32(directory) == 0x02014B50u)
        {
            int nameBytes =
                ReadUInt16(directory[28..]), extraBytes = ReadUInt16(directory[30..]), commentBytes = ReadUInt16(directory[32..]);
            if (directory.Length < HeaderBytes + nameBytes + extraBytes + commentBytes)
                throw NotOurs();

            entries.Add(ReadEntry(
                directory,
                Encoding.ASCII.GetString(directory.Slice(HeaderBytes, nameBytes)),
                directory.Slice(HeaderBytes + nameBytes, extraBytes)));
            directory = directory[(HeaderBytes + nameBytes + extraBytes + commentBytes)..];
        }

        return new ZipDirectory(offset, entries);
    }

    private static ZipEntry ReadEntry(ReadOnlySpan<byte> header, string name, ReadOnlySpan<byte> extra)
    {
        long compressed = ReadUInt32(header[20..]), uncompressed = ReadUInt32(header[24..]), offset = ReadUInt32(header[42..]);

        // 4.5.3: the 64-bit fields stand in this order, each only if its 32-bit field is full.
        if (extra.Length > 4 && ReadUInt16(extra) == 1)
        {
            var wide = extra[4..];
            Widen(ref uncompressed, ref wide);
            Widen(ref compressed, ref wide);
            Widen(ref offset, ref wide);
        }

        return new ZipEntry(name, offset, IsStreamed: (ReadUInt16(header[8..]) & 8) != 0, HasZip64Header: ReadUInt16(header[6..]) >= 45)
        {
            IsStored = ReadUInt16(header[10..]) == 0,
            Time = ReadUInt32(header[12..]),
            Crc32 = ReadUInt32(header[16..]),
            CompressedBytes = compressed,
            UncompressedBytes = uncompressed,
        };
    }

    private static void Widen(ref long value, ref ReadOnlySpan<byte> wide)
    {
        if (value != uint.MaxValue || wide.Length < sizeof(long))
            return;

        value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static InvalidDataException NotOurs() => new("This is not a zip file that was written here, or it was changed since.");
}

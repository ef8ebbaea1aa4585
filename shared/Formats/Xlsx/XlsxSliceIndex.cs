using ExportFunctions.Compression;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>What the end of a workbook must know of a slice.</summary>
/// <param name="Sheets">Its sheets.</param>
/// <param name="Directory">The directory's records of its entries, with offsets from the slice's first byte.</param>
internal sealed record XlsxSliceIndex(IReadOnlyList<WrittenSheet> Sheets, byte[] Directory)
{
    /// <summary>Its bytes: the number of sheets, id and rows of each, and the records.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Sheets.Count);
        foreach (var (id, rows) in Sheets)
        {
            writer.Write(id);
            writer.Write(rows);
        }

        writer.Write(Directory);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads it.</summary>
    public static XlsxSliceIndex Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var sheets = new WrittenSheet[reader.ReadInt32()];
        for (var i = 0; i < sheets.Length; i++)
            sheets[i] = new WrittenSheet(reader.ReadInt32(), reader.ReadInt32());

        return new XlsxSliceIndex(sheets, bytes[(int)reader.BaseStream.Position..].ToArray());
    }

    /// <summary>Its entries as they stand in the file.</summary>
    /// <param name="offset">Where the slice begins.</param>
    public IEnumerable<ZipEntry> EntriesAt(long offset) =>
        ZipDirectory.Read(Directory, offset: 0).Entries.Select(entry => entry with { Offset = entry.Offset + offset });
}

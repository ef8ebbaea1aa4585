using System.IO.Compression;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>What a document's end must know of a slice.</summary>
/// <param name="Root">The root of its pages; 0 when it has none.</param>
/// <param name="Ends">The objects that the end writes, one for each page, in order.</param>
/// <param name="Objects">Its objects, with offsets from its first byte, in the order of the file.</param>
internal sealed record PdfSliceIndex(int Root, IReadOnlyList<int> Ends, IReadOnlyList<(int Id, long Offset)> Objects)
{
    /// <summary>Its bytes: numbers as differences to the ones before, which are small and much alike.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var deflate = new ZLibStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(deflate))
        {
            writer.Write7BitEncodedInt(Root);
            writer.Write7BitEncodedInt(Ends.Count);
            var last = 0L;
            foreach (var id in Ends)
                Write(writer, id, ref last);

            writer.Write7BitEncodedInt(Objects.Count);
            var (lastId, lastOffset) = (0L, 0L);
            foreach (var (id, offset) in Objects)
            {
                Write(writer, id, ref lastId);
                Write(writer, offset, ref lastOffset);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads it.</summary>
    public static PdfSliceIndex Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new ZLibStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress));
        var root = reader.Read7BitEncodedInt();
        var ends = new int[reader.Read7BitEncodedInt()];
        var last = 0L;
        for (var i = 0; i < ends.Length; i++)
            ends[i] = (int)Read(reader, ref last);

        var objects = new (int Id, long Offset)[reader.Read7BitEncodedInt()];
        var (lastId, lastOffset) = (0L, 0L);
        for (var i = 0; i < objects.Length; i++)
            objects[i] = ((int)Read(reader, ref lastId), Read(reader, ref lastOffset));

        return new PdfSliceIndex(root, ends, objects);
    }

    // Differences may be negative: their sign stands in the lowest bit.
    private static void Write(BinaryWriter writer, long value, ref long last)
    {
        var difference = value - last;
        writer.Write7BitEncodedInt64((difference << 1) ^ (difference >> 63));
        last = value;
    }

    private static long Read(BinaryReader reader, ref long last)
    {
        var value = reader.Read7BitEncodedInt64();
        return last += (long)((ulong)value >> 1) ^ -(value & 1);
    }
}

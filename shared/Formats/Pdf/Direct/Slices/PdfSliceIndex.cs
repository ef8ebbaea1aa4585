using System.Buffers.Binary;
using System.IO.Compression;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>Reads what <see cref="PdfSliceIndexWriter"/> gathered: first the objects, then the pages' ends, each once.</summary>
internal sealed class PdfSliceIndex : IDisposable
{
    /// <summary>The bytes before the compressed rest: the root, and the number of pages.</summary>
    public const int HeadBytes = 2 * sizeof(int);

    private readonly BinaryReader _reader;

    /// <summary>Begins to read.</summary>
    /// <param name="bytes">All of its bytes.</param>
    public PdfSliceIndex(ReadOnlyMemory<byte> bytes)
    {
        Root = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        Pages = PagesOf(bytes);
        _reader = new BinaryReader(new ZLibStream(new MemoryStream(bytes[HeadBytes..].ToArray()), CompressionMode.Decompress));
    }

    /// <summary>The root of the slice's pages; 0 when it has none.</summary>
    public int Root { get; }

    /// <summary>The pages it has.</summary>
    public int Pages { get; }

    /// <summary>The pages of a slice, without reading the rest.</summary>
    /// <param name="bytes">All bytes of its index.</param>
    public static int PagesOf(ReadOnlyMemory<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[sizeof(int)..]);

    /// <summary>Its objects, with offsets from its first byte, in the order of the file.</summary>
    public IEnumerable<(int Id, long Offset)> ReadObjects()
    {
        var (id, offset) = (0L, 0L);
        while (Read() is var difference && difference != 0)
        {
            id += difference;
            offset += Read();
            yield return ((int)id, offset);
        }
    }

    /// <summary>The objects that the end writes, one for each page, in order.</summary>
    public IEnumerable<int> ReadEnds()
    {
        var id = 0L;
        for (var page = 0; page < Pages; page++)
        {
            id += Read();
            yield return (int)id;
        }
    }

    public void Dispose() => _reader.Dispose();

    private long Read()
    {
        var value = _reader.Read7BitEncodedInt64();
        return (long)((ulong)value >> 1) ^ -(value & 1);
    }
}

using System.Buffers.Binary;
using System.IO.Compression;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>
/// Collects what the end of a document must know of a slice, compressed on the fly: numbers as deltas from the previous ones, which are
/// small and similar.
/// </summary>
internal sealed class PdfSliceIndexWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly ZLibStream _deflate;
    private readonly BinaryWriter _writer;
    private long _lastId;
    private long _lastOffset;

    public PdfSliceIndexWriter()
    {
        _deflate = new ZLibStream(_bytes, CompressionLevel.Fastest, leaveOpen: true);
        _writer = new BinaryWriter(_deflate);
    }

    /// <summary>Records an object, in file order.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="offset">Its offset from the slice's first byte.</param>
    public void Place(int id, long offset)
    {
        Write(id, ref _lastId);
        Write(offset, ref _lastOffset);
    }

    /// <summary>Its bytes; nothing can be recorded afterwards.</summary>
    /// <param name="root">The root of the slice's pages; 0 when it has none.</param>
    /// <param name="ends">The objects that the end writes, one for each page, in order.</param>
    public byte[] Complete(int root, IReadOnlyList<int> ends)
    {
        // No object has the number of the one before it: a difference of 0 ends them.
        Write(_lastId, ref _lastId);
        var last = 0L;
        foreach (var id in ends)
            Write(id, ref last);

        _writer.Dispose();
        var head = new byte[PdfSliceIndex.HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, root);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(sizeof(int)), ends.Count);
        return [.. head, .. _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length)];
    }

    public void Dispose()
    {
        _writer.Dispose();
        _deflate.Dispose();
        _bytes.Dispose();
    }

    // Differences may be negative: their sign stands in the lowest bit.
    private void Write(long value, ref long last)
    {
        var difference = value - last;
        _writer.Write7BitEncodedInt64((difference << 1) ^ (difference >> 63));
        last = value;
    }
}

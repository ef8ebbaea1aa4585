using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Exports;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>Where each object lies: 8 bytes for each, written as a cross-reference stream at the end (ISO 32000-1, 7.5.8). Numbers that were never used are free.</summary>
/// <param name="first">The first number to give out.</param>
internal sealed class CrossReferences(int first = 1) : IObjectTable
{
    private const ulong InStream = 1UL << 63;
    private const int EntryBytes = 9;

    private readonly List<ulong> _entries = [0];
    private int _next = first;

    /// <inheritdoc/>
    /// <exception cref="ExportFailureException">The file has too many objects.</exception>
    public int Reserve()
    {
        PdfLimits.Check(_next);
        return _next++;
    }

    /// <inheritdoc/>
    public void Place(int id, long offset) => Set(id, (ulong)offset);

    /// <inheritdoc/>
    public void PlaceInStream(int id, int stream, int index) => Set(id, InStream | ((ulong)stream << 24) | (uint)index);

    /// <summary>Writes the cross-reference stream and the end of the file.</summary>
    public void WriteTo(PdfBuffer target, int id, long position, string trailer, string seed)
    {
        using var packed = new PdfBuffer();
        using (var stream = new PdfBufferStream(packed))
        using (var deflate = new ZLibStream(stream, CompressionLevel.Optimal))
            Write(deflate);

        target.Add(id).Add(" 0 obj\n<</Type/XRef/Size "u8).Add(_entries.Count).Add("/W[1 5 3]"u8).Add(trailer);
        target.Add("/ID["u8).Add(Identifier(seed)).Add(Identifier(seed)).Add("]/Filter/FlateDecode/Length "u8).Add(packed.Length);
        target.Add(">>stream\n"u8).Add(packed.Written).Add("\nendstream\nendobj\nstartxref\n"u8).Add(position).Add("\n%%EOF\n"u8);
    }

    private void Set(int id, ulong entry)
    {
        if (_entries.Count <= id)
            CollectionsMarshal.SetCount(_entries, id + 1);

        _entries[id] = entry;
    }

    // The same rows and instant give the same places, and so the same identifier.
    private string Identifier(string seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(seed));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_entries)));
        return $"<{Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 16))}>";
    }

    private void Write(ZLibStream target)
    {
        Span<byte> fields = stackalloc byte[EntryBytes + 3];
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            var (isInStream, isFree) = ((entry & InStream) != 0, i > 0 && entry == 0);
            fields[0] = (byte)(isInStream ? 2 : i == 0 || isFree ? 0 : 1);
            BinaryPrimitives.WriteUInt64BigEndian(fields[1..], (isInStream ? (entry & ~InStream) >> 24 : entry) << 24);
            var last = isInStream ? (uint)(entry & 0xFFFFFF) : i == 0 || isFree ? 0xFFFFu : 0;
            BinaryPrimitives.WriteUInt32BigEndian(fields[6..], last << 8);
            target.Write(fields[..EntryBytes]);
        }
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>
/// The offsets of objects, written as cross-reference streams (ISO 32000-1, 7.5.8). A large file has several, each linking to the previous
/// one, as with incremental updates: so memory holds the offsets of one section only, however many objects there are.
/// </summary>
/// <param name="first">The first number to give out.</param>
internal sealed class CrossReferences(int first = 1) : IObjectTable
{
    private const ulong InStream = 1UL << 63;
    private const int EntryBytes = 9;
    private const int SectionObjects = 64 * 1024;

    private readonly List<(int Id, ulong Entry)> _section = [];
    private int _next = first;
    private int _highest;
    private int _coming;
    private int? _catalog;
    private long? _previous;
    private byte[] _digest = [];

    /// <summary>The number of the document catalog.</summary>
    public int Catalog => _catalog ??= Reserve();

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

    /// <inheritdoc/>
    /// <exception cref="ExportFailureException">The file has too many objects.</exception>
    public int? SectionAfter(int objects)
    {
        _coming += objects;
        if (_coming < SectionObjects)
            return null;

        _coming = 0;
        _catalog ??= Reserve();
        return Reserve();
    }

    /// <inheritdoc/>
    public void WriteSection(int id, PdfBuffer target, long position) => Write(id, target, position, information: null, seed: null);

    /// <summary>Writes the last section and the end of the file.</summary>
    /// <param name="target">The file's next bytes.</param>
    /// <param name="position">Where they go.</param>
    /// <param name="information">The information dictionary's number.</param>
    /// <param name="seed">What the file's identifier is made from, beside its structure.</param>
    public void WriteEnd(PdfBuffer target, long position, int information, string seed)
    {
        Write(Reserve(), target, position, information, seed);
        target.Add("startxref\n"u8).Add(position).Add("\n%%EOF\n"u8);
    }

    private void Set(int id, ulong entry)
    {
        _section.Add((id, entry));
        _highest = Math.Max(_highest, id);
    }

    private void Write(int id, PdfBuffer target, long position, int? information, string? seed)
    {
        Place(id, position);
        _section.Sort((left, right) => left.Id.CompareTo(right.Id));
        using var index = new PdfBuffer();
        using var entries = new PdfBuffer();
        if (_previous is null && seed is not null)
            AddAll(entries);
        else
            AddRuns(entries, index);

        Digest(entries, seed ?? "");
        using var packed = new PdfBuffer();
        using (var stream = new PdfBufferStream(packed))
        using (var deflate = new ZLibStream(stream, CompressionLevel.Optimal))
            deflate.Write(entries.Written);

        target.Add(id).Add(
            " 0 obj\n<</Type/XRef/Size "u8).Add(_highest + 1).Add("/W[1 5 3]"u8).Add(index.Written).Add("/Root "u8).Reference(Catalog);
        if (_previous is { } previous)
            target.Add("/Prev "u8).Add(previous);
        if (information is { } dictionary)
            target.Add("/Info "u8).Reference(dictionary).Add("/ID["u8).Add(Identifier).Add(Identifier).Add("]"u8);

        target.Add(
            "/Filter/FlateDecode/Length "u8).Add(packed.Length).Add(">>stream\n"u8).Add(packed.Written).Add("\nendstream\nendobj\n"u8);
        _previous = position;
        _section.Clear();
    }

    // The same rows and instant give the same offsets, and so the same identifier.
    private string Identifier => $"<{Convert.ToHexString(_digest.AsSpan(0, 16))}>";

    private void Digest(PdfBuffer entries, string seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_digest);
        hash.AppendData(Encoding.UTF8.GetBytes(seed));
        hash.AppendData(entries.Written);
        _digest = hash.GetHashAndReset();
    }

    /// <summary>A file with a single section covers all numbers from 0 on, without gaps: numbers that were never used are free.</summary>
    private void AddAll(PdfBuffer entries)
    {
        var next = 0;
        foreach (var (id, entry) in CollectionsMarshal.AsSpan(_section))
        {
            while (next < id)
            {
                AddFree(entries);
                next++;
            }

            Add(entries, entry);
            next++;
        }
    }

    /// <summary>A section of several lists its numbers as runs. The first one also includes 0.</summary>
    private void AddRuns(PdfBuffer entries, PdfBuffer index)
    {
        var (start, count) = (0, 0);
        if (_previous is null)
        {
            AddFree(entries);
            count = 1;
        }

        index.Add("/Index["u8);
        foreach (var (id, entry) in CollectionsMarshal.AsSpan(_section))
        {
            if (id != start + count)
            {
                AddRun(index, start, count);
                (start, count) = (id, 0);
            }

            Add(entries, entry);
            count++;
        }

        AddRun(index, start, count);
        index.Add("]"u8);
    }

    private static void AddRun(PdfBuffer index, int start, int count)
    {
        if (count > 0)
            index.Add(start).Add(" "u8).Add(count).Add(" "u8);
    }

    private static void AddFree(PdfBuffer entries) => Add(entries, type: 0, 0, 0xFFFF);

    private static void Add(PdfBuffer entries, ulong entry)
    {
        if ((entry & InStream) != 0)
            Add(entries, type: 2, (entry & ~InStream) >> 24, (uint)(entry & 0xFFFFFF));
        else
            Add(entries, type: 1, entry, 0);
    }

    private static void Add(PdfBuffer entries, byte type, ulong place, uint last)
    {
        var fields = entries.Reserve(EntryBytes + 3);
        fields[0] = type;
        BinaryPrimitives.WriteUInt64BigEndian(fields[1..], place << 24);
        BinaryPrimitives.WriteUInt32BigEndian(fields[6..], last << 8);
        entries.Advance(EntryBytes);
    }
}

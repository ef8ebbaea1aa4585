using System.IO.Compression;
using System.Runtime.InteropServices;
using ExportFunctions.Compression;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>A batch of objects on its way to the file: composed one by one, then compressed together, possibly on another thread.</summary>
internal sealed class ObjectBatch : PooledWork
{
    // Measured on text tables: level 1 takes 61 bytes per row, level 2 takes 48 for half as much time again, and 3 and above hardly less.
    private static readonly ZLibCompressionOptions Compression = new() { CompressionLevel = 1 };

    // For objects that a file has once, such as fonts.
    private static readonly ZLibCompressionOptions Dense = new() { CompressionLevel = 7 };

    private readonly PdfBuffer _packed = new();
    private readonly List<Entry> _entries = [];
    private Entry _open;

    /// <summary>The content of the open object.</summary>
    public PdfBuffer Content { get; } = new();

    /// <summary>
    /// Objects that lie elsewhere, recorded together with those of the batch, so that the table's content does not depend on thread timing.
    /// </summary>
    public List<PlacedObject> Placed { get; } = [];

    /// <summary>The objects that are recorded with the batch.</summary>
    public int Count => _entries.Count + Placed.Count;

    /// <summary>The section of the table that is written after the batch, if any.</summary>
    public int? Section { get; set; }

    /// <summary>Starts an object.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="dictionary">For a stream the entries of its dictionary beside length and filter; null for any other object.</param>
    /// <param name="isDense">Whether a stream is worth more time for fewer bytes.</param>
    public void Begin(int id, string? dictionary, bool isDense = false) => _open = new Entry(id, dictionary, isDense, Content.Length, 0);

    /// <summary>Ends the open object.</summary>
    public void End() => _entries.Add(_open with { End = Content.Length });

    /// <summary>Compresses the streams.</summary>
    protected override void Work()
    {
        using var target = new PdfBufferStream(_packed);
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Dictionary is null)
                continue;

            using (var deflate = new ZLibStream(target, entry.IsDense ? Dense : Compression, leaveOpen: true))
                deflate.Write(Content.Written[entry.Start..entry.End]);

            entry = entry with { PackedEnd = _packed.Length };
        }
    }

    /// <summary>Writes the compressed objects.</summary>
    /// <param name="target">The file's next bytes.</param>
    /// <param name="note">Takes each object's number before its first byte is written.</param>
    public void WriteTo(PdfBuffer target, Action<int> note)
    {
        var packed = 0;
        foreach (var entry in _entries)
        {
            note(entry.Id);
            target.Add(entry.Id).Add(" 0 obj\n"u8);
            if (entry.Dictionary is null)
            {
                target.Add(Content.Written[entry.Start..entry.End]).Add("\nendobj\n"u8);
                continue;
            }

            target.Add("<<"u8).Add(entry.Dictionary).Add("/Filter/FlateDecode/Length "u8).Add(entry.PackedEnd - packed).Add(">>stream\n"u8);
            target.Add(_packed.Written[packed..entry.PackedEnd]).Add("\nendstream\nendobj\n"u8);
            packed = entry.PackedEnd;
        }
    }

    /// <summary>Empties the batch for reuse.</summary>
    public override void Clear()
    {
        base.Clear();
        _entries.Clear();
        Placed.Clear();
        Section = null;
        Content.Clear();
        _packed.Clear();
    }

    public override void Dispose()
    {
        Content.Dispose();
        _packed.Dispose();
    }

    private readonly record struct Entry(int Id, string? Dictionary, bool IsDense, int Start, int End, int PackedEnd = 0);
}

using System.Buffers;
using System.IO.Hashing;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Compression;

/// <summary>
/// Writes a zip file forward-only (PKWARE APPNOTE 6.3.10): small entries at once, with their sizes in front; large ones as a stream of
/// deflated chunks, or stored, with their sizes after the content. Zip64 records are written where sizes or offsets need them. The same
/// content and time give the same bytes.
/// </summary>
/// <param name="output">The output: write-only, not seekable, written asynchronously.</param>
/// <param name="writtenAt">
/// The time of entries unless <see cref="Time"/> is set; zip times have a resolution of two seconds, from 1980 to 2107.
/// </param>
/// <param name="level">zlib's level, 1 (fastest) to 9 (smallest).</param>
/// <param name="threads">The most threads that compress a large entry.</param>
internal sealed class ZipWriter(Stream output, DateTimeOffset writtenAt, int level, int threads) : IAsyncDisposable
{
    private const int CopyBytes = 256 * 1024;

    private readonly List<ZipEntry> _entries = [];
    private readonly byte[] _record = new byte[ZipRecords.MaxRecordLength];
    private ParallelDeflater? _content;
    private Crc32? _stored;
    private ZipEntry _open;
    private long _position;

    /// <summary>The size from which zip64 records are written; tests lower it.</summary>
    internal uint Zip64From { get; init; } = uint.MaxValue;

    /// <summary>The time of the following entries, from <see cref="ZipEntry.TimeOf"/>.</summary>
    public uint Time { get; set; } = ZipEntry.TimeOf(writtenAt);

    /// <summary>The complete entries, in order.</summary>
    public IReadOnlyList<ZipEntry> Entries => _entries;

    /// <summary>
    /// Continues a file whose directory was truncated: new content follows the old, and the new directory includes the old entries.
    /// </summary>
    /// <param name="before">The file's directory; its offset is where the output begins.</param>
    public void Resume(ZipDirectory before)
    {
        if (_position > 0 || _entries.Count > 0)
            throw new InvalidOperationException("Something was written before.");

        _position = before.Offset;
        _entries.AddRange(before.Entries);
    }

    /// <summary>Writes a complete small entry without compression.</summary>
    /// <param name="name">Its name, in ASCII.</param>
    /// <param name="content">Its content.</param>
    public async ValueTask WriteStoredEntryAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        var entry = new ZipEntry(name, _position, IsStreamed: false, HasZip64Header: false)
        {
            IsStored = true,
            Time = Time,
            Crc32 = Crc32.HashToUInt32(content.Span),
            CompressedBytes = content.Length,
            UncompressedBytes = content.Length,
        };
        await WriteWholeAsync(entry, content, cancellationToken);
    }

    /// <summary>Writes a complete small entry.</summary>
    /// <param name="name">Its name, in ASCII.</param>
    /// <param name="content">Its content.</param>
    public async ValueTask WriteEntryAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        await using var compressed = new CompressedBytes();
        await using (var stream = DeflateLevels.Open(compressed, DeflateFraming.Raw, level))
            stream.Write(content.Span);

        var entry = new ZipEntry(name, _position, IsStreamed: false, HasZip64Header: false)
        {
            Time = Time,
            Crc32 = Crc32.HashToUInt32(content.Span),
            CompressedBytes = compressed.Length,
            UncompressedBytes = content.Length,
        };
        await WriteWholeAsync(entry, compressed.Written, cancellationToken);
    }

    /// <summary>Starts a large entry.</summary>
    /// <param name="name">Its name, in ASCII.</param>
    /// <param name="maybeHuge">
    /// Whether it may exceed 4 GB: its header then says that the sizes after it take 8 bytes, which readers that can't seek to the central
    /// directory must know in advance. Left out unless needed, because some readers take such headers for corruption.
    /// </param>
    /// <param name="shape">The shape of the entry's rows, to compress it by field positions; null for zlib.</param>
    /// <returns>The sink for the content; the writer owns it, and <see cref="EndEntryAsync"/> completes it.</returns>
    public async ValueTask<ParallelDeflater> BeginEntryAsync(
        string name, bool maybeHuge, FieldShape? shape, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        _open = new ZipEntry(name, _position, IsStreamed: true, maybeHuge) { Time = Time };
        await WriteRecordAsync(ZipRecords.LocalHeader(_record, _open), cancellationToken);
        return _content = new ParallelDeflater(DeflateFraming.Raw, level, threads, shape);
    }

    /// <summary>Starts a large entry without a known shape.</summary>
    /// <inheritdoc cref="BeginEntryAsync(string, bool, FieldShape, CancellationToken)"/>
    public ValueTask<ParallelDeflater> BeginEntryAsync(string name, bool maybeHuge, CancellationToken cancellationToken) =>
        BeginEntryAsync(name, maybeHuge, shape: null, cancellationToken);

    /// <summary>
    /// Starts a large entry that is already compressed: its bytes are stored unchanged. Only readers that use the central directory find
    /// its end, because the sizes follow the content.
    /// </summary>
    /// <param name="name">Its name, in ASCII.</param>
    /// <param name="maybeHuge">Whether it may exceed 4 GB.</param>
    public async ValueTask BeginStoredEntryAsync(string name, bool maybeHuge, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        _open = new ZipEntry(name, _position, IsStreamed: true, maybeHuge) { IsStored = true, Time = Time };
        await WriteRecordAsync(ZipRecords.LocalHeader(_record, _open), cancellationToken);
        _stored = new Crc32();
    }

    /// <summary>Writes the next bytes of a stored entry.</summary>
    /// <param name="content">The bytes.</param>
    public async ValueTask WriteStoredAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var stored = _stored ?? throw new InvalidOperationException("Begin a stored entry first.");
        stored.Append(content.Span);
        await output.WriteAsync(content, cancellationToken);
        _position += content.Length;
        var length = _open.UncompressedBytes + content.Length;
        _open = _open with { CompressedBytes = length, UncompressedBytes = length };
    }

    /// <summary>Ends the current entry, deflated or stored.</summary>
    public async ValueTask EndEntryAsync(CancellationToken cancellationToken)
    {
        await EndContentAsync(cancellationToken);
        _entries.Add(_open);
    }

    /// <summary>Copies an entry of another file unchanged, compressed or not.</summary>
    /// <param name="entry">The entry from the other file's directory.</param>
    /// <param name="content">Its bytes in that file, without headers.</param>
    /// <exception cref="EndOfStreamException">There are fewer bytes than the directory states.</exception>
    public async ValueTask CopyEntryAsync(ZipEntry entry, Stream content, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        var copy = entry with
        {
            Offset = _position,
            HasZip64Header = entry.IsStreamed && Math.Max(entry.CompressedBytes, entry.UncompressedBytes) >= Zip64From
        };
        var header = entry.IsStreamed ? copy with { Crc32 = 0, CompressedBytes = 0, UncompressedBytes = 0 } : copy;
        await WriteRecordAsync(ZipRecords.LocalHeader(_record, header), cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            for (var left = entry.CompressedBytes; left > 0;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
                await content.ReadExactlyAsync(piece, cancellationToken);
                await output.WriteAsync(piece, cancellationToken);
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _position += entry.CompressedBytes;
        if (entry.IsStreamed)
            await WriteRecordAsync(ZipRecords.Descriptor(_record, copy, Zip64From), cancellationToken);
        _entries.Add(copy);
    }

    /// <summary>Ends the current entry and leaves it out of the directory: no reader sees it, though its bytes remain.</summary>
    public ValueTask DropEntryAsync(CancellationToken cancellationToken) => EndContentAsync(cancellationToken);

    /// <summary>The directory records of the complete entries; <see cref="ZipDirectory.Read"/> reads them.</summary>
    public byte[] DirectoryRecords()
    {
        using var records = new MemoryStream();
        foreach (var entry in _entries)
            records.Write(_record.AsSpan(0, ZipRecords.DirectoryHeader(_record, entry, Zip64From)));

        return records.ToArray();
    }

    /// <summary>Writes the central directory, which completes the file.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        var start = _position;
        foreach (var entry in _entries)
            await WriteRecordAsync(ZipRecords.DirectoryHeader(_record, entry, Zip64From), cancellationToken);

        await WriteRecordAsync(ZipRecords.End(_record, _entries.Count, start, _position - start, Zip64From), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Drops an unfinished entry and returns all buffers; writes nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_content is not null)
            await _content.DisposeAsync();

        _content = null;
    }

    private async ValueTask EndContentAsync(CancellationToken cancellationToken)
    {
        if (_stored is { } stored)
        {
            _open = _open with { Crc32 = stored.GetCurrentHashAsUInt32() };
            _stored = null;
        }
        else
        {
            await EndDeflatedAsync(cancellationToken);
        }

        await WriteRecordAsync(ZipRecords.Descriptor(_record, _open, Zip64From), cancellationToken);
    }

    private async ValueTask WriteWholeAsync(ZipEntry entry, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await WriteRecordAsync(ZipRecords.LocalHeader(_record, entry), cancellationToken);
        await output.WriteAsync(bytes, cancellationToken);
        _position += bytes.Length;
        _entries.Add(entry);
    }

    private async ValueTask EndDeflatedAsync(CancellationToken cancellationToken)
    {
        var content = _content ?? throw new InvalidOperationException("Begin an entry first.");
        await content.CompleteAsync(output, cancellationToken);
        _position += content.CompressedBytes;
        _open =
            _open with { Crc32 = content.Crc32, CompressedBytes = content.CompressedBytes, UncompressedBytes = content.UncompressedBytes };
        _content = null;
        await content.DisposeAsync();
    }

    private void ThrowIfOpen()
    {
        if (_content is not null || _stored is not null)
            throw new InvalidOperationException("End the entry before.");
    }

    private async ValueTask WriteRecordAsync(int length, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_record.AsMemory(0, length), cancellationToken);
        _position += length;
    }
}

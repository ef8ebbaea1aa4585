using System.Buffers.Binary;
using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Compression;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>Reads entries of one archive, as it was when opened. Adjacent entries are read in one request.</summary>
internal sealed class ArchiveReader(BlockBlobClient blob, ArchivePart part) : IAsyncDisposable
{
    private const int LocalHeaderBytes = 30;

    // A further request costs about as much as reading this many bytes.
    private const long NearBytes = 1024 * 1024;

    private Stream? _content;
    private long _position;

    /// <summary>Opens an entry's content, decompressed. Read it before the next entry is opened.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="InvalidDataException">There is no such entry at its position.</exception>
    public async Task<Stream> OpenAsync(ZipEntry entry, CancellationToken cancellationToken)
    {
        var bytes = await OpenAsItIsAsync(entry, cancellationToken);
        return entry.IsStored ? bytes : new DeflateStream(bytes, CompressionMode.Decompress);
    }

    /// <summary>Opens an entry's content as stored in the archive. Read it before the next entry is opened.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="InvalidDataException">There is no such entry at its position.</exception>
    public async Task<Stream> OpenAsItIsAsync(ZipEntry entry, CancellationToken cancellationToken)
    {
        await MoveToAsync(entry.Offset, cancellationToken);
        var header = new byte[LocalHeaderBytes];
        await ReadExactlyAsync(header, cancellationToken);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034B50u)
            throw new InvalidDataException($"The archive {part.Blob} is damaged: {entry.Name} does not begin where its directory says.");

        // Name and extra field, whose length may differ from the directory's.
        var rest = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        await SkipAsync(rest, cancellationToken);
        return new EntryStream(this, entry.CompressedBytes);
    }

    public async ValueTask DisposeAsync()
    {
        if (_content is not null)
            await _content.DisposeAsync();
    }

    private async Task MoveToAsync(long offset, CancellationToken cancellationToken)
    {
        if (_content is not null && offset >= _position && offset - _position <= NearBytes)
        {
            await SkipAsync(offset - _position, cancellationToken);
            return;
        }

        await DisposeAsync();
        var options =
            new BlobDownloadOptions { Range = new HttpRange(offset), Conditions = new BlobRequestConditions { IfMatch = part.ETag } };
        _content = (await blob.DownloadStreamingAsync(options, cancellationToken)).Value.Content;
        _position = offset;
    }

    private async Task SkipAsync(long bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(bytes, 64 * 1024)];
        while (bytes > 0)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length));
            await ReadExactlyAsync(piece, cancellationToken);
            bytes -= piece.Length;
        }
    }

    private async Task ReadExactlyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _content!.ReadExactlyAsync(buffer, cancellationToken);
        _position += buffer.Length;
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await _content!.ReadAsync(buffer, cancellationToken);
        _position += read;
        return read;
    }

    /// <summary>The bytes of one entry.</summary>
    private sealed class EntryStream(ArchiveReader reader, long bytes) : Stream
    {
        private long _left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await reader.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

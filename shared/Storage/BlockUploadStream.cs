using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Problems;

namespace ExportFunctions.Storage;

/// <summary>
/// A write-only stream into a block blob: full blocks are staged while the next one fills, several in flight. Nothing is visible until
/// <see cref="CommitAsync"/>; if disposed without it, the service discards the staged blocks. The SHA-256 is computed along the way.
/// </summary>
internal sealed class BlockUploadStream : Stream
{
    /// <summary>The maximum number of blocks the service commits.</summary>
    internal const int MaxBlocks = 50_000;

    private readonly BlockBlobClient _blob;
    private readonly string _blockPrefix;
    private readonly StorageOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<string> _blockIds;
    private readonly int _kept;
    private readonly Queue<Task> _inFlight = new();
    private readonly ConcurrentBag<byte[]> _free = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _block;
    private int _filled;
    private long _length;
    private bool _disposed;

    /// <param name="blob">The blob to write.</param>
    /// <param name="blockPrefix">
    /// Distinguishes this attempt's blocks from those of other attempts; must have the same length for every attempt of a blob.
    /// </param>
    /// <param name="options">Block size and number of blocks in flight.</param>
    /// <param name="kept">Committed blocks of the blob that are kept ahead of what is written; empty for a new blob.</param>
    public BlockUploadStream(BlockBlobClient blob, string blockPrefix, StorageOptions options, params IEnumerable<string> kept)
    {
        _blockIds = [.. kept];
        _kept = _blockIds.Count;
        _blob = blob;
        _blockPrefix = blockPrefix;
        _options = options;
        _block = ArrayPool<byte>.Shared.Rent(options.BlockBytes);
    }

    /// <summary>The blocks written so far, without those that are kept.</summary>
    public int Blocks => _blockIds.Count - _kept;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _length += buffer.Length;
        while (buffer.Length > 0)
        {
            var taken = Math.Min(buffer.Length, _options.BlockBytes - _filled);
            buffer[..taken].CopyTo(_block.AsMemory(_filled));
            _filled += taken;
            buffer = buffer[taken..];
            if (_filled == _options.BlockBytes)
                await StageAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The error for a file that needs more blocks than the service commits.</summary>
    /// <param name="options">The size of a block.</param>
    public static ExportFailureException TooLarge(StorageOptions options) => ExportFailureException.Permanent(
        "file_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The file is larger than {(long)MaxBlocks * options.BlockBytes:N0} bytes. Ask for "
            + $"fewer rows or columns, or raise Storage:BlockBytes."));

    /// <summary>The id of a block.</summary>
    /// <param name="prefix">The attempt's prefix.</param>
    /// <param name="number">Its number, from 0.</param>
    public static string BlockId(string prefix, int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D6}")));

    /// <summary>Ends the current block: what follows begins a new one.</summary>
    public async Task EndBlockAsync(CancellationToken cancellationToken)
    {
        if (_filled > 0)
            await StageAsync(cancellationToken);
    }

    /// <summary>
    /// Stages the rest, waits for every block, and returns the SHA-256 as lower-case hexadecimal. The blob is not yet published.
    /// </summary>
    public async Task<string> FinishAsync(CancellationToken cancellationToken)
    {
        // Data that fits in one block is uploaded with the commit, in one call instead of two.
        if (_blockIds.Count == 0)
            _hash.AppendData(_block, 0, _filled);
        else if (_filled > 0)
            await StageAsync(cancellationToken);
        while (_inFlight.Count > 0)
            await OldestAsync(cancellationToken);

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <summary>Publishes the whole blob atomically.</summary>
    /// <param name="options">Headers, metadata and conditions.</param>
    /// <param name="cancellationToken">Cancels the call; the blob may be published all the same.</param>
    public async Task CommitAsync(CommitBlockListOptions options, CancellationToken cancellationToken)
    {
        if (_blockIds.Count > 0)
        {
            await _blob.CommitBlockListAsync(_blockIds, options, cancellationToken);
            return;
        }

        using var content = new MemoryStream(_block, 0, _filled, writable: false);
        var upload =
            new BlobUploadOptions { HttpHeaders = options.HttpHeaders, Metadata = options.Metadata, Conditions = options.Conditions };
        await _blob.UploadAsync(content, upload, cancellationToken);
    }

    public override void Flush()
    {
        // A flush must not end a block early: the rest is sent by FinishAsync.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        await _stopped.CancelAsync();
        while (_inFlight.TryDequeue(out var staged))
            await staged.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        ArrayPool<byte>.Shared.Return(_block);
        foreach (var block in _free)
            ArrayPool<byte>.Shared.Return(block);

        _block = [];
        _hash.Dispose();
        _stopped.Dispose();
        await base.DisposeAsync();
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        if (_blockIds.Count == MaxBlocks)
            throw TooLarge(_options);

        while (_inFlight.Count > 0 && (_inFlight.Count >= _options.BlocksInFlight || _inFlight.Peek().IsCompleted))
            await OldestAsync(cancellationToken);

        _hash.AppendData(_block, 0, _filled);
        var id = BlockId(_blockPrefix, Blocks);
        _blockIds.Add(id);
        _inFlight.Enqueue(StageBlockAsync(id, _block, _filled));

        // Reuse our own buffers first: the pool keeps buffers per thread, and some of those would never be rented again.
        _block = _free.TryTake(out var free) ? free : ArrayPool<byte>.Shared.Rent(_options.BlockBytes);
        _filled = 0;
    }

    private async Task OldestAsync(CancellationToken cancellationToken)
    {
        // A block leaves the queue only when its upload has ended, so that disposing waits for every upload.
        await _inFlight.Peek().WaitAsync(cancellationToken);
        _ = _inFlight.Dequeue();
    }

    private async Task StageBlockAsync(string id, byte[] block, int length)
    {
        try
        {
            using var content = new MemoryStream(block, 0, length, writable: false);
            await _blob.StageBlockAsync(id, content, cancellationToken: _stopped.Token);
        }
        finally
        {
            _free.Add(block);
        }
    }
}

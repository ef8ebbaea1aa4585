using System.Buffers;
using System.Buffers.Binary;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Compression;

/// <summary>
/// Compresses a stream in chunks of 256 KB on several threads, and writes it to its output in order. The result is one deflate stream
/// (<see cref="DeflateFraming.Raw"/>, chunks joined by sync flushes) or gzip (<see cref="DeflateFraming.GzipMember"/>).
/// </summary>
/// <remarks>
/// With a shape, chunks are whole rows and are compressed by field positions: the same writes give the same bytes, whatever the number of
/// threads; gzip is one member. The caller compresses the first chunks: a file that small is done before other threads have warmed up. With
/// zlib and one thread, and for the first 4 MB in any case, the caller compresses everything as one run; the bytes are then the same for
/// the same mode (one thread, or several). Separate chunks cost about 2 % in size, and are gzip members each. Memory: a chunk and its
/// result for each thread, plus one. For one caller at a time.
/// </remarks>
internal sealed class ParallelDeflater : IBufferWriter<byte>, IAsyncDisposable
{
    /// <summary>Uncompressed bytes that the caller compresses before other threads help.</summary>
    public const long SerialBytes = 4 * 1024 * 1024;

    private const int WriteBytes = 64 * 1024;

    // Bytes that the caller compresses in a stream with field positions.
    private const long HereBytes = 1024 * 1024;

    // An empty final block, to end a stream of non-final blocks.
    private static readonly byte[] LastBlock = [3, 0];
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] GzipHeader = EmptyMember[..10];

    private readonly DeflateFraming _framing;
    private readonly bool _hasPlaces;
    private readonly int _threads;
    private readonly BlockDeflater _blocks;
    private readonly Queue<DeflateBlock> _full = new();
    private readonly CompressedBytes _serialBytes = new();
    private Stream? _serial;
    private DeflateBlock _chunk;
    private long _handedOn;
    private bool _begun;
    private bool _completed;

    /// <summary>Starts a stream.</summary>
    /// <param name="framing">Raw or gzip.</param>
    /// <param name="level">zlib's level, 1 (fastest) to 9 (smallest).</param>
    /// <param name="threads">The most threads that compress at once; 1 or more, and with a shape at most 16.</param>
    /// <param name="shape">The shape of the rows, to compress by field positions; null for zlib.</param>
    public ParallelDeflater(DeflateFraming framing, int level, int threads, FieldShape? shape = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(framing, DeflateFraming.Zlib);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _framing = framing;
        _threads = threads;
        _hasPlaces = shape is not null;
        if (_hasPlaces)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, TableHistory.Lag);

        _blocks = new BlockDeflater(_hasPlaces ? DeflateFraming.Raw : framing, level, threads, shape);
        _serial = _hasPlaces ? null : DeflateLevels.Open(_serialBytes, framing, level);
        _chunk = _blocks.Rent();
    }

    /// <summary>The bytes taken in so far.</summary>
    public long UncompressedBytes { get; private set; }

    /// <summary>The bytes written to the output so far.</summary>
    public long CompressedBytes { get; private set; }

    /// <summary>The CRC-32 of all bytes; right once the stream is complete.</summary>
    public uint Crc32 { get; private set; }

    /// <summary>True when <see cref="FlushFullChunksAsync"/> has work to do: call it then, or full chunks pile up in memory.</summary>
    public bool HasFullChunk => _full.Count > 0 || _serialBytes.Length >= WriteBytes;

    /// <summary>The current chunk; its <see cref="DeflateBlock.Places"/> record the positions of values.</summary>
    public DeflateBlock Chunk => _chunk;

    /// <summary>Marks the end of a row: with a shape, a full chunk ends here.</summary>
    public void EndRow()
    {
        if (_hasPlaces && _chunk.Length >= DeflateBlock.DefaultBytes)
            EndChunk();
    }

    /// <summary>Free space to write to; <see cref="Advance"/> counts what was written.</summary>
    /// <param name="sizeHint">The fewest bytes.</param>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_chunk.Room < Math.Max(sizeHint, 1) && _chunk.Length > 0)
            EndChunk();

        return _chunk.GetSpan(sizeHint);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_chunk.Room < Math.Max(sizeHint, 1) && _chunk.Length > 0)
            EndChunk();

        return _chunk.GetMemory(sizeHint);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _chunk.Advance(count);

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _chunk.Room)
        {
            var room = _chunk.Room;
            _chunk.Write(bytes[..room]);
            bytes = bytes[room..];
            EndChunk();
        }

        _chunk.Write(bytes);
    }

    /// <summary>Passes full chunks to the threads and writes finished ones to the output; waits only when all threads are busy.</summary>
    /// <param name="output">Where the compressed bytes go.</param>
    /// <param name="cancellationToken">Stops the writing; the stream is then unfinished.</param>
    public async ValueTask FlushFullChunksAsync(Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_serialBytes.Length > 0)
            await WriteSerialAsync(output, cancellationToken);

        while (_full.TryDequeue(out var chunk))
        {
            while (_blocks.IsFull || _blocks.IsNextDone)
                await WriteNextAsync(output, cancellationToken);

            _handedOn += chunk.Length;
            _blocks.Add(chunk, here: _hasPlaces && _handedOn <= HereBytes);
        }
    }

    /// <summary>Compresses and writes the rest, and ends the stream. Call once, last; the output isn't flushed.</summary>
    /// <param name="output">Where the compressed bytes go.</param>
    /// <param name="cancellationToken">Stops the writing; the stream is then unfinished.</param>
    public async ValueTask CompleteAsync(Stream output, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        if (_chunk.Length > 0)
            EndChunk();

        _completed = true;
        var wasSerial = _serial is not null;
        if (UncompressedBytes > 0)
            EndSerial(isLast: true);

        await FlushFullChunksAsync(output, cancellationToken);
        while (_blocks.Count > 0)
            await WriteNextAsync(output, cancellationToken);

        if (UncompressedBytes == 0)
            await WriteAsync(output, _framing == DeflateFraming.Raw ? LastBlock : EmptyMember, cancellationToken);
        else if (_framing == DeflateFraming.Raw && !wasSerial)
            await WriteAsync(output, LastBlock, cancellationToken);
        else if (_hasPlaces)
            await WriteAsync(output, EndOfMember(), cancellationToken);
    }

    /// <summary>Waits for the threads and returns the buffers; what isn't written by then is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        _completed = true;
        await _blocks.DisposeAsync();
        while (_full.TryDequeue(out var chunk))
            chunk.Dispose();

        _chunk.Dispose();
        _serialBytes.Discards = true;
        if (_serial is not null)
            await _serial.DisposeAsync();

        await _serialBytes.DisposeAsync();
    }

    private void EndChunk()
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        UncompressedBytes += _chunk.Length;
        if (_serial is null)
        {
            _full.Enqueue(_chunk);
            _chunk = _blocks.Rent();
            return;
        }

        Crc32 = Crc32Joining.Join(Crc32, _chunk.ComputeCrc32(), _chunk.Length);
        _serial.Write(_chunk.Bytes);
        _chunk.Clear();
        if (_threads > 1 && UncompressedBytes >= SerialBytes)
            EndSerial(isLast: false);
    }

    private void EndSerial(bool isLast)
    {
        if (_serial is null)
            return;

        // If abandoned midway, a raw stream keeps its bytes up to a sync flush and omits the final block, so that readers see it is
        // incomplete.
        if (!isLast && _framing == DeflateFraming.Raw)
        {
            _serial.Flush();
            _serialBytes.Discards = true;
        }

        _serial.Dispose();
        _serialBytes.Discards = false;
        _serial = null;
    }

    private async ValueTask WriteNextAsync(Stream output, CancellationToken cancellationToken)
    {
        var block = await _blocks.NextAsync();
        try
        {
            Crc32 = Crc32Joining.Join(Crc32, block.Crc32, block.Length);
            if (!_begun && _hasPlaces && _framing == DeflateFraming.GzipMember)
                await WriteAsync(output, GzipHeader, cancellationToken);

            _begun = true;
            await WriteAsync(output, block.Compressed, cancellationToken);
        }
        finally
        {
            _blocks.Return(block);
        }
    }

    // The final block, the CRC and the content length modulo 2^32 (RFC 1952, section 2.3.1).
    private byte[] EndOfMember()
    {
        var end = new byte[LastBlock.Length + (2 * sizeof(uint))];
        LastBlock.CopyTo(end, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(LastBlock.Length), Crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(LastBlock.Length + sizeof(uint)), unchecked((uint)UncompressedBytes));
        return end;
    }

    private async ValueTask WriteSerialAsync(Stream output, CancellationToken cancellationToken)
    {
        await WriteAsync(output, _serialBytes.Written, cancellationToken);
        _serialBytes.Clear();
    }

    private async ValueTask WriteAsync(Stream output, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await output.WriteAsync(bytes, cancellationToken);
        CompressedBytes += bytes.Length;
    }
}

using System.Buffers;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Compression;

/// <summary>
/// A block compressed independently, on a pool thread: filled by one caller, passed to a <see cref="BlockDeflater"/>, and reused. It keeps
/// its buffers, so that in steady state a block only allocates one compressing stream.
/// </summary>
/// <param name="framing">The framing around the compressed bytes.</param>
/// <param name="level">zlib's level, 1 to 9.</param>
/// <param name="encoders">Encoders that compress by field positions, for blocks of <see cref="DeflateFraming.Raw"/>; null for zlib.</param>
internal sealed class DeflateBlock(DeflateFraming framing, int level, FieldEncoders? encoders = null) : PooledWork
{
    /// <summary>The default capacity of a block.</summary>
    public const int DefaultBytes = 256 * 1024;

    // With field positions, a block ends with the row that fills it.
    private const int RowBytes = 256 * 1024;
    private const int Slack = FieldEncoder.Slack;

    private readonly CompressedBytes _compressed = new();
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(encoders is null ? DefaultBytes : DefaultBytes + RowBytes);

    /// <summary>The uncompressed bytes in the block.</summary>
    public int Length { get; private set; }

    /// <summary>The uncompressed bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(Slack, Length);

    /// <summary>The bytes that can be added before the block must grow.</summary>
    public int Room => _bytes.Length - (2 * Slack) - Length;

    /// <summary>The positions of values in the block; null when they are not used.</summary>
    public FieldPlaces? Places { get; } = encoders is null ? null : new FieldPlaces();

    /// <summary>The codes offered to a block with field positions; null for none.</summary>
    public LearnedTables? Offered { get; set; }

    /// <summary>The codes made from the block, once it is compressed; null for none.</summary>
    public LearnedTables? Made { get; private set; }

    /// <summary>Caller data that comes back with the result, such as a PDF object's number.</summary>
    public long Tag { get; set; }

    /// <summary>The CRC-32 of the uncompressed bytes; 0 for <see cref="DeflateFraming.Zlib"/>, which has a checksum of its own.</summary>
    public uint Crc32 { get; private set; }

    /// <summary>The compressed bytes; valid from the block's completion until it is returned.</summary>
    public ReadOnlyMemory<byte> Compressed => _compressed.Written;

    /// <summary>Free space of at least the size asked for; the block grows when it must.</summary>
    /// <param name="sizeHint">The fewest bytes.</param>
    public Span<byte> GetSpan(int sizeHint)
    {
        if (Room < sizeHint)
            Grow(sizeHint);

        return _bytes.AsSpan(Slack + Length, Room);
    }

    /// <summary>See <see cref="GetSpan"/>.</summary>
    /// <param name="sizeHint">The fewest bytes.</param>
    public Memory<byte> GetMemory(int sizeHint)
    {
        if (Room < sizeHint)
            Grow(sizeHint);

        return _bytes.AsMemory(Slack + Length, Room);
    }

    /// <summary>Counts bytes that were written to <see cref="GetSpan"/>.</summary>
    /// <param name="count">The bytes.</param>
    public void Advance(int count) => Length += count;

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>The CRC-32 of <see cref="Bytes"/>.</summary>
    public uint ComputeCrc32() => System.IO.Hashing.Crc32.HashToUInt32(Bytes);

    /// <summary>Compresses synchronously.</summary>
    public void Deflate()
    {
        if (framing != DeflateFraming.Zlib)
            Crc32 = ComputeCrc32();

        if (encoders is not null && Length <= FieldEncoder.MaxChunkBytes)
        {
            DeflateByPlaces(encoders);
            return;
        }

        using var stream = DeflateLevels.Open(_compressed, framing, level);
        stream.Write(Bytes);
        if (framing != DeflateFraming.Raw)
            return;

        stream.Flush();
        _compressed.Discards = true;
    }

    /// <summary>Empties the block for reuse; not while it is being compressed.</summary>
    public override void Clear()
    {
        Length = 0;
        Tag = 0;
        Offered = Made = null;
        Places?.Clear();
        _compressed.Clear();
        base.Clear();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _compressed.Dispose();
        Places?.Dispose();
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);

        _bytes = [];
        Length = 0;
    }

    /// <inheritdoc/>
    protected override void Work() => Deflate();

    private void DeflateByPlaces(FieldEncoders encoders)
    {
        _bytes.AsSpan(0, Slack).Clear();
        _bytes.AsSpan(Slack + Length, Slack).Clear();
        var encoder = encoders.Rent();
        try
        {
            _compressed.Write(encoder.Encode(_bytes.AsSpan(0, Length + (2 * Slack)), Places!.Noted, Offered, out var made));
            Made = made;
        }
        finally
        {
            encoders.Return(encoder);
        }
    }

    private void Grow(int room)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + room + (2 * Slack), _bytes.Length * 2));
        Bytes.CopyTo(larger.AsSpan(Slack));
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

using System.Buffers;
using System.Runtime.Intrinsics;

namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Compresses chunks with known field positions into deflate (RFC 1951). Each chunk is compressed independently, so that it gives the same
/// bytes on any thread; consecutive chunks form one deflate stream, which needs a final block. For one caller at a time.
/// </summary>
internal sealed unsafe class FieldEncoder : IDisposable
{
    /// <summary>Bytes on either side of a chunk that may be read but have no effect. They must be 0.</summary>
    public const int Slack = 64;

    /// <summary>The maximum chunk size.</summary>
    public const int MaxChunkBytes = 64 * 1024 * 1024;

    // A chunk's own codes must make it smaller by at least this share, 1 %, to be worth another table.
    private const int SmallGain = 100;

    private readonly FieldMatcher _matcher;
    private readonly TokenCounts _counts = new();
    private readonly HuffmanTables _own = new();
    private byte[] _compressed = [];

    /// <summary>Makes an encoder.</summary>
    /// <param name="shape">The shape of the rows.</param>
    /// <param name="width">The bytes compared at once; null for the widest this processor supports.</param>
    public FieldEncoder(FieldShape shape, ComparisonWidth? width = null) => _matcher = FieldMatcher.Of(shape, width ?? FastestWidth);

    private static ComparisonWidth FastestWidth =>
        Vector256.IsHardwareAccelerated
            ? ComparisonWidth.Vector256
            : Vector128.IsHardwareAccelerated ? ComparisonWidth.Vector128 : ComparisonWidth.Scalar;

    /// <summary>Compresses a chunk.</summary>
    /// <param name="buffer">The chunk, with <see cref="Slack"/> zeros on either side.</param>
    /// <param name="places">The positions of its values.</param>
    /// <param name="learned">Codes of an earlier chunk; null for none. They are used if they fit.</param>
    /// <param name="made">
    /// The codes made for this chunk because none fitted, to offer to later chunks; null when the given ones fitted.
    /// </param>
    /// <returns>The compressed bytes, valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(
        ReadOnlySpan<byte> buffer, ReadOnlySpan<FieldPlace> places, LearnedTables? learned, out LearnedTables? made)
    {
        var length = buffer.Length - (2 * Slack);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxChunkBytes, nameof(buffer));
        Reserve(TokenWriter.MaxBytes(length));
        fixed (byte* start = buffer, to = _compressed)
        {
            var bytes = start + Slack;
            _matcher.Find(bytes, length, places);
            var tokens = _matcher.Tokens.Tokens;
            made = null;
            var symbols = SymbolsOf(tokens);
            var learnedBytes = int.MaxValue;
            if (learned is not null)
            {
                learnedBytes = TokenWriter.Write(bytes, tokens, learned.Tables, to);
                if (learned.Fits(symbols, learnedBytes))
                    return _compressed.AsSpan(0, learnedBytes);
            }

            _counts.Count(bytes, tokens);
            _own.Make(_counts.Literals, _counts.Distances);
            var ownBytes = TokenWriter.Write(bytes, tokens, _own, to);
            made = learnedBytes - (learnedBytes / SmallGain) <= ownBytes ? learned!.Confirmed(symbols, learnedBytes) : LearnedTables.Of(
                _counts, symbols, ownBytes);
            return _compressed.AsSpan(0, ownBytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matcher.Dispose();
        if (_compressed.Length > 0)
            ArrayPool<byte>.Shared.Return(_compressed);

        _compressed = [];
    }

    // Literals, lengths and distances.
    private static long SymbolsOf(ReadOnlySpan<ulong> tokens)
    {
        var symbols = 2L * tokens.Length;
        foreach (var token in tokens)
            symbols += Token.Literals(token);

        return symbols;
    }

    private void Reserve(int bytes)
    {
        if (_compressed.Length >= bytes)
            return;

        if (_compressed.Length > 0)
            ArrayPool<byte>.Shared.Return(_compressed);

        _compressed = ArrayPool<byte>.Shared.Rent(bytes);
    }
}

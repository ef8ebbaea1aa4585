using System.Buffers;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Collects matches in chunk order, and converts them to tokens.</summary>
internal sealed class TokenList : IDisposable
{
    /// <summary>
    /// The minimum match length, except for one that extends the previous match: three literals cost about as much as a match.
    /// </summary>
    public const int MinMatch = 4;

    private ulong[] _tokens = [];
    private int _count;
    private int _distance;

    /// <summary>Where the last match ends: everything before it has been emitted.</summary>
    public int Told { get; private set; }

    /// <summary>The tokens.</summary>
    public ReadOnlySpan<ulong> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>Starts with a chunk.</summary>
    /// <param name="bytes">The bytes of the chunk.</param>
    public void Begin(int bytes)
    {
        // Each match has at least four bytes, plus the literals after the last one. A match that continues one of maximum length follows
        // 65,535 bytes.
        var max = (bytes / MinMatch) + 2;
        if (_tokens.Length < max)
        {
            Dispose();
            _tokens = ArrayPool<ulong>.Shared.Rent(max);
        }

        (_count, _distance, Told) = (0, 0, 0);
    }

    /// <summary>Adds a match, unless it is too short to pay off.</summary>
    /// <param name="start">Where it begins, not before <see cref="Told"/>.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="distance">The distance back to the same bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int start, int length, int distance)
    {
        if (((start ^ Told) | (distance ^ _distance)) == 0 && length > 0 && Token.Length(_tokens[_count - 1]) + length <= Token.MaxLength)
        {
            _tokens[_count - 1] = Token.Lengthened(_tokens[_count - 1], length);
            Told += length;
            return;
        }

        if (length < MinMatch)
            return;

        length = Math.Min(length, Token.MaxLength);
        _tokens[_count++] = Token.Of(start - Told, length, distance);
        (Told, _distance) = (start + length, distance);
    }

    /// <summary>Ends the chunk: what follows the last match are literals.</summary>
    /// <param name="bytes">The bytes of the chunk.</param>
    public void End(int bytes)
    {
        if (Told < bytes)
            _tokens[_count++] = Token.Of(bytes - Told, 0, 0);

        Told = bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_tokens.Length > 0)
            ArrayPool<ulong>.Shared.Return(_tokens);

        _tokens = [];
    }
}

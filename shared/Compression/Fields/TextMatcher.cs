using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>
/// Finds matches in stretches outside of known positions, such as long texts: greedy, using the last position of each four-byte sequence.
/// </summary>
/// <typeparam name="TComparison">How bytes are compared.</typeparam>
/// <param name="tokens">Receives the matches.</param>
internal sealed unsafe class TextMatcher<TComparison>(TokenList tokens)
    where TComparison : struct, IByteComparison
{
    /// <summary>Shorter stretches aren't worth searching.</summary>
    public const int ShortText = 48;

    private const int HashBits = 12;
    private const uint Multiplier = 0x9E3779B1;

    // After this many consecutive misses, each step skips one more byte.
    private const int MissesAStep = 32;

    private readonly int[] _starts = new int[1 << HashBits];
    private byte* _bytes;
    private int _hashed;

    /// <summary>Starts with a chunk.</summary>
    /// <param name="bytes">The chunk.</param>
    public void Begin(byte* bytes)
    {
        _bytes = bytes;
        _hashed = 0;
        Array.Clear(_starts);
    }

    /// <summary>Searches a stretch, if it is long enough.</summary>
    /// <param name="from">Where it begins: where the last match ended.</param>
    /// <param name="to">Where it ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Match(int from, int to)
    {
        if (to - from >= ShortText)
            Search(from, to);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Search(int from, int to)
    {
        var bytes = _bytes;
        var misses = 0;

        // Positions already hashed would only match themselves.
        for (var i = Math.Max(from, _hashed); i + sizeof(uint) <= to;)
        {
            var word = Unsafe.ReadUnaligned<uint>(bytes + i);
            ref var entry = ref Entry(word);
            var other = entry - 1;
            entry = i + 1;
            if (other < 0 || (uint)(i - other - 1) >= DeflateCodes.MaxDistance || Unsafe.ReadUnaligned<uint>(bytes + other) != word)
            {
                i += 1 + (misses++ / MissesAStep);
                continue;
            }

            var forwards = EqualBytes<TComparison>.Forwards(bytes + i, bytes + other, to - i);
            var backwards = EqualBytes<TComparison>.Backwards(bytes + i, bytes + other, Math.Min(i - tokens.Told, other));
            tokens.Add(i - backwards, backwards + forwards, i - other);
            misses = 0;
            Remember(bytes, i + 1, Math.Min(i + forwards, to - sizeof(uint) + 1));
            i += forwards;
        }

        _hashed = Math.Max(_hashed, to - sizeof(uint) + 1);
    }

    // Hashes every other position within a match: a match that begins there is still found, and hashing all of them costs more than it
    // gains.
    private void Remember(byte* bytes, int from, int to)
    {
        for (var i = from; i < to; i += 2)
            Entry(Unsafe.ReadUnaligned<uint>(bytes + i)) = i + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int Entry(uint word) => ref _starts[(word * Multiplier) >> (32 - HashBits)];
}

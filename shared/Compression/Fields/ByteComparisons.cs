using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ExportFunctions.Compression.Fields;

/// <summary>How many bytes are compared at once. All ways find the same.</summary>
internal enum ComparisonWidth
{
    /// <summary>Eight bytes in an ordinary register.</summary>
    Scalar,

    /// <summary>16 bytes, as on Arm64 and on x64 without AVX2.</summary>
    Vector128,

    /// <summary>32 bytes.</summary>
    Vector256,
}

/// <summary>Compares bytes forwards and backwards. Reads <see cref="Slack"/> bytes past what is asked for, at most, on either
/// side.</summary>
internal unsafe interface IByteComparison
{
    /// <summary>Bytes that are read beyond the limit, in both directions.</summary>
    const int Slack = 32;

    /// <summary>The equal bytes from two places on.</summary>
    /// <param name="a">One place.</param>
    /// <param name="b">The other.</param>
    /// <param name="limit">The most that count.</param>
    static abstract int Forwards(byte* a, byte* b, int limit);

    /// <summary>The equal bytes before two places.</summary>
    /// <param name="a">One place.</param>
    /// <param name="b">The other.</param>
    /// <param name="limit">The most that count.</param>
    static abstract int Backwards(byte* a, byte* b, int limit);
}

internal readonly unsafe struct Comparison256 : IByteComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forwards(byte* a, byte* b, int limit)
    {
        for (var n = 0; n < limit; n += Vector256<byte>.Count)
        {
            var different = ~Vector256.Equals(Vector256.Load(a + n), Vector256.Load(b + n)).ExtractMostSignificantBits();
            if (different != 0)
                return Math.Min(n + BitOperations.TrailingZeroCount(different), limit);
        }

        return limit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Backwards(byte* a, byte* b, int limit)
    {
        for (var n = 0; n < limit; n += Vector256<byte>.Count)
        {
            var different = ~Vector256.Equals(Vector256.Load(a - n - Vector256<byte>.Count), Vector256.Load(b - n - Vector256<byte>.Count)).ExtractMostSignificantBits();
            if (different != 0)
                return Math.Min(n + BitOperations.LeadingZeroCount(different), limit);
        }

        return limit;
    }
}

internal readonly unsafe struct Comparison128 : IByteComparison
{
    private const uint All = 0xFFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forwards(byte* a, byte* b, int limit)
    {
        for (var n = 0; n < limit; n += Vector128<byte>.Count)
        {
            var different = Vector128.Equals(Vector128.Load(a + n), Vector128.Load(b + n)).ExtractMostSignificantBits() ^ All;
            if (different != 0)
                return Math.Min(n + BitOperations.TrailingZeroCount(different), limit);
        }

        return limit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Backwards(byte* a, byte* b, int limit)
    {
        for (var n = 0; n < limit; n += Vector128<byte>.Count)
        {
            var different = Vector128.Equals(Vector128.Load(a - n - Vector128<byte>.Count), Vector128.Load(b - n - Vector128<byte>.Count)).ExtractMostSignificantBits() ^ All;
            if (different != 0)
                return Math.Min(n + BitOperations.LeadingZeroCount(different << 16), limit);
        }

        return limit;
    }
}

internal readonly unsafe struct ComparisonScalar : IByteComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forwards(byte* a, byte* b, int limit)
    {
        for (var n = 0; n < limit; n += sizeof(ulong))
        {
            var different = Unsafe.ReadUnaligned<ulong>(a + n) ^ Unsafe.ReadUnaligned<ulong>(b + n);
            if (different != 0)
                return Math.Min(n + (BitOperations.TrailingZeroCount(different) >> 3), limit);
        }

        return limit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Backwards(byte* a, byte* b, int limit)
    {
        for (var n = 0; n < limit; n += sizeof(ulong))
        {
            var different = Unsafe.ReadUnaligned<ulong>(a - n - sizeof(ulong)) ^ Unsafe.ReadUnaligned<ulong>(b - n - sizeof(ulong));
            if (different != 0)
                return Math.Min(n + (BitOperations.LeadingZeroCount(different) >> 3), limit);
        }

        return limit;
    }
}

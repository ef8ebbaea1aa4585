using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ExportFunctions.Compression.Fields;

/// <summary>How many bytes are compared at once. All widths give the same result.</summary>
internal enum ComparisonWidth
{
    /// <summary>Eight bytes in an ordinary register.</summary>
    Scalar,

    /// <summary>16 bytes, as on Arm64 and on x64 without AVX2.</summary>
    Vector128,

    /// <summary>32 bytes.</summary>
    Vector256,
}

/// <summary>Compares 32 bytes with 32 others.</summary>
internal unsafe interface IByteComparison
{
    /// <summary>The bytes that are compared.</summary>
    const int Reach = 32;

    /// <summary>The differences: the lowest bit stands for the first byte.</summary>
    /// <param name="a">32 bytes.</param>
    /// <param name="b">32 others.</param>
    static abstract uint Different(byte* a, byte* b);
}

internal readonly unsafe struct Comparison256 : IByteComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Different(byte* a, byte* b) => ~Vector256.Equals(Vector256.Load(a), Vector256.Load(b)).ExtractMostSignificantBits();
}

internal readonly unsafe struct Comparison128 : IByteComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Different(byte* a, byte* b) => ~(Equal(a, b) | (Equal(a + Vector128<byte>.Count, b + Vector128<byte>.Count) << 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal(byte* a, byte* b) => Vector128.Equals(Vector128.Load(a), Vector128.Load(b)).ExtractMostSignificantBits();
}

internal readonly unsafe struct ComparisonScalar : IByteComparison
{
    private const ulong Sevens = 0x7F7F7F7F7F7F7F7F;

    // Gathers the highest bit of each byte, once shifted to its lowest, in the highest byte.
    private const ulong Gathering = 0x0102040810204080;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Different(byte* a, byte* b) =>
        Eight(a, b) | (Eight(a + 8, b + 8) << 8) | (Eight(a + 16, b + 16) << 16) | (Eight(a + 24, b + 24) << 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Eight(byte* a, byte* b)
    {
        var different = Unsafe.ReadUnaligned<ulong>(a) ^ Unsafe.ReadUnaligned<ulong>(b);
        var bits = ((((different & Sevens) + Sevens) | different) & ~Sevens) >> 7;
        return (uint)((bits * Gathering) >> 56);
    }
}

/// <summary>Counts equal bytes before and after two positions.</summary>
/// <typeparam name="TComparison">How they are compared.</typeparam>
internal static unsafe class EqualBytes<TComparison>
    where TComparison : struct, IByteComparison
{
    /// <summary>The equal bytes from two positions on, as far as one comparison reaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forwards(byte* a, byte* b) => BitOperations.TrailingZeroCount(TComparison.Different(a, b));

    /// <summary>The equal bytes before two positions, as far as one comparison reaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Backwards(byte* a, byte* b) =>
        BitOperations.LeadingZeroCount(TComparison.Different(a - IByteComparison.Reach, b - IByteComparison.Reach));

    /// <summary>The equal bytes from two positions on. Reads up to 32 bytes past the limit.</summary>
    /// <param name="a">One position.</param>
    /// <param name="b">The other.</param>
    /// <param name="limit">The maximum to count; 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forwards(byte* a, byte* b, int limit)
    {
        var equal = Forwards(a, b);
        return equal < IByteComparison.Reach || limit <= IByteComparison.Reach ? Math.Min(equal, limit) : ForwardsFurther(a, b, limit);
    }

    /// <summary>The equal bytes before two positions. Reads up to 32 bytes past the limit.</summary>
    /// <param name="a">One position.</param>
    /// <param name="b">The other.</param>
    /// <param name="limit">The maximum to count; 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Backwards(byte* a, byte* b, int limit)
    {
        var equal = Backwards(a, b);
        return equal < IByteComparison.Reach || limit <= IByteComparison.Reach ? Math.Min(equal, limit) : BackwardsFurther(a, b, limit);
    }

    private static int ForwardsFurther(byte* a, byte* b, int limit)
    {
        for (var n = IByteComparison.Reach; n < limit; n += IByteComparison.Reach)
        {
            if (Forwards(a + n, b + n) is var equal and < IByteComparison.Reach)
                return Math.Min(n + equal, limit);
        }

        return limit;
    }

    private static int BackwardsFurther(byte* a, byte* b, int limit)
    {
        for (var n = IByteComparison.Reach; n < limit; n += IByteComparison.Reach)
        {
            if (Backwards(a - n, b - n) is var equal and < IByteComparison.Reach)
                return Math.Min(n + equal, limit);
        }

        return limit;
    }
}

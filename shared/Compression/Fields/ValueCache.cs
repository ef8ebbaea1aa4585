using System.Numerics;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Where values stood last, by column and a hash. What is found may be another value: it is compared before it counts.</summary>
internal sealed class ValueCache
{
    /// <summary>The bytes of a beginning that is looked up.</summary>
    public const int PrefixBytes = 6;

    // For each column, and for all together: as many as fit into so much memory that the processor has it at hand.
    private const int ColumnEntries = 256;
    private const int MaxEntries = 1024;
    private const int AllEntries = 32 * 1024;
    private const int MinEntries = 16;

    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const ulong OtherMultiplier = 0xC2B2AE3D27D4EB4F;

    private readonly int[] _starts;
    private readonly (int First, int Shift)[] _columns;

    /// <summary>Makes a cache. Columns that look alike share their entries: a value is found where it stood last in any of them.</summary>
    /// <param name="shape">What is known of the rows.</param>
    public ValueCache(FieldShape shape)
    {
        _columns = new (int, int)[shape.Columns];
        var sizes = shape.Groups.CountBy(group => group).ToDictionary();
        var share = AllEntries / Math.Max(sizes.Count, 1);
        HasEntries = share >= MinEntries;
        var starts = new Dictionary<int, (int, int)>();
        var count = 0;
        for (var column = 0; HasEntries && column < shape.Columns; column++)
        {
            var group = shape.Groups[column];
            if (!starts.TryGetValue(group, out var place))
            {
                var bits = BitOperations.Log2((uint)Math.Min(Math.Min(MaxEntries, share), ColumnEntries * sizes[group]));
                starts[group] = place = (count, 64 - bits);
                count += 1 << bits;
            }

            _columns[column] = place;
        }

        _starts = new int[count];
    }

    /// <summary>Whether the columns are few enough for entries of their own.</summary>
    public bool HasEntries { get; }

    /// <summary>The hash of a whole value: of its first and last eight bytes and its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ulong HashOfWhole(byte* bytes, int start, int end)
    {
        var length = end - start;
        var mask = length >= sizeof(ulong) ? ulong.MaxValue : (1UL << (length * 8)) - 1;
        var first = Unsafe.ReadUnaligned<ulong>(bytes + start) & mask;
        var last = Unsafe.ReadUnaligned<ulong>(bytes + Math.Max(start, end - sizeof(ulong))) & mask;
        return (((first * OtherMultiplier) ^ BitOperations.RotateLeft(last, 29)) + (uint)length) * Multiplier;
    }

    /// <summary>The hash of a value's first <see cref="PrefixBytes"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ulong HashOfPrefix(byte* bytes, int start) =>
        (Unsafe.ReadUnaligned<ulong>(bytes + start) << (64 - (PrefixBytes * 8))) * Multiplier;

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Clear(_starts);

    /// <summary>One more than where a value of the same hash began that was kept last; 0 for nowhere.</summary>
    /// <param name="column">The column.</param>
    /// <param name="hash">The hash.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int Entry(int column, ulong hash)
    {
        var (first, shift) = _columns[column];
        return ref _starts[first + (int)(hash >> shift)];
    }
}

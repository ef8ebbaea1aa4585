using System.Numerics;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>The last position of values, by column and hash. A hit may be a different value, so it must be compared.</summary>
internal sealed class ValueCache
{
    /// <summary>The length of a prefix that is looked up.</summary>
    public const int PrefixBytes = 6;

    // Per column, and in total: as many as fit into a memory size that stays in the processor's cache.
    private const int ColumnEntries = 256;
    private const int MaxEntries = 1024;
    private const int AllEntries = 32 * 1024;
    private const int MinEntries = 16;

    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const ulong OtherMultiplier = 0xC2B2AE3D27D4EB4F;

    private readonly int[] _starts;
    private readonly (int First, int Shift)[] _columns;

    /// <summary>Makes a cache. Similar columns share entries: a value is found at its last position in any of them.</summary>
    /// <param name="shape">The shape of the rows.</param>
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

    /// <summary>Whether there are few enough columns for separate entries.</summary>
    public bool HasEntries { get; }

    /// <summary>The hash of a whole value: its first and last eight bytes and its length.</summary>
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

    /// <summary>Clears the cache.</summary>
    public void Clear() => Array.Clear(_starts);

    /// <summary>One more than the last recorded start of a value with this hash; 0 for none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="hash">The hash.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int Entry(int column, ulong hash)
    {
        var (first, shift) = _columns[column];
        return ref _starts[first + (int)(hash >> shift)];
    }
}

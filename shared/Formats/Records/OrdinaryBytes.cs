using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ExportFunctions.Formats.Records;

/// <summary>Copies a text and searches it for special bytes in the same pass: most texts have none, and need nothing more.</summary>
internal sealed class OrdinaryBytes
{
    /// <summary>The bytes of a step.</summary>
    public const int Step = 32;

    private const int Nibbles = 16;

    // A byte is special when a bit is set in both tables: one indexed by its low four bits, the other by its high four.
    private readonly Vector128<byte> _low;
    private readonly Vector128<byte> _high;
    private readonly bool[] _isSpecial = new bool[256];

    /// <summary>Prepares the look-up.</summary>
    /// <param name="special">
    /// The bytes that need attention; those with the same high four bits make a group, and at most eight groups may differ in their low
    /// ones.
    /// </param>
    public OrdinaryBytes(ReadOnlySpan<byte> special)
    {
        foreach (var sign in special)
            _isSpecial[sign] = true;

        Span<byte> low = stackalloc byte[Nibbles];
        Span<byte> high = stackalloc byte[Nibbles];
        var groups = Enumerable.Range(0, Nibbles).GroupBy(LowNibblesOf).Where(group => group.Key != 0).ToArray();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups.Length, 8, nameof(special));
        foreach (var (index, group) in groups.Index())
        {
            foreach (var nibble in group)
                high[nibble] = (byte)(1 << index);

            for (var nibble = 0; nibble < Nibbles; nibble++)
                low[nibble] |= (byte)(((group.Key >> nibble) & 1) << index);
        }

        _low = Vector128.Create<byte>(low);
        _high = Vector128.Create<byte>(high);
    }

    /// <summary>Copies the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="to">Where it goes; it has room for the text.</param>
    /// <returns>False when the text contains a special byte and needs a second look.</returns>
    public bool Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        ref var source = ref MemoryMarshal.GetReference(text);

        // The only bounds check; the rest stays within the text's length.
        ref var target = ref MemoryMarshal.GetReference(to[..text.Length]);
        return text.Length switch
        {
            >= 16 => CopyBlocks(ref source, ref target, text.Length),
            >= 8 => CopyEights(ref source, ref target, text.Length),
            >= 4 => CopyFours(ref source, ref target, text.Length),
            _ => CopyBytes(ref source, ref target, text.Length),
        };
    }

    /// <summary>Like <see cref="Copy"/>, but in a single step for nearly all texts, however short.</summary>
    /// <param name="text">The text; <see cref="Step"/> bytes behind its end can be read.</param>
    /// <param name="to">Room for the text and <see cref="Step"/> bytes.</param>
    /// <returns>False when the text contains a special byte and needs a second look.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CopyReadable(ReadOnlySpan<byte> text, ref byte to)
    {
        ref var source = ref MemoryMarshal.GetReference(text);
        if (text.Length > Step)
            return CopyBlocks(ref source, ref to, text.Length);

        var (first, second) = (Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, (nuint)Vector128<byte>.Count));
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref to, (nuint)Vector128<byte>.Count);
        var ordinary = OrdinaryOf(first) | (OrdinaryOf(second) << Vector128<byte>.Count);
        return (~ordinary & ((1UL << text.Length) - 1)) == 0;
    }

    // For each high nibble, a bit for each low nibble that is special with it.
    private int LowNibblesOf(int high) => Enumerable.Range(0, Nibbles).Where(low => _isSpecial[(high << 4) | low]).Sum(low => 1 << low);

    private bool CopyBlocks(ref byte source, ref byte target, int length)
    {
        var special = Vector128<byte>.Zero;
        var last = length - Vector128<byte>.Count;
        for (var i = 0; i < last; i += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref source, (nuint)i);
            block.StoreUnsafe(ref target, (nuint)i);
            special |= Special(block);
        }

        // The last block overlaps the one before.
        var end = Vector128.LoadUnsafe(ref source, (nuint)last);
        end.StoreUnsafe(ref target, (nuint)last);
        return (special | Special(end)) == Vector128<byte>.Zero;
    }

    private bool CopyEights(ref byte source, ref byte target, int length)
    {
        var first = Unsafe.ReadUnaligned<ulong>(ref source);
        var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - sizeof(ulong)));
        Unsafe.WriteUnaligned(ref target, first);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - sizeof(ulong)), last);
        return Special(Vector128.Create(first, last).AsByte()) == Vector128<byte>.Zero;
    }

    private bool CopyFours(ref byte source, ref byte target, int length)
    {
        var first = Unsafe.ReadUnaligned<uint>(ref source);
        var last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - sizeof(uint)));
        Unsafe.WriteUnaligned(ref target, first);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - sizeof(uint)), last);
        return Special(Vector128.Create(first | ((ulong)last << 32)).AsByte()) == Vector128<byte>.Zero;
    }

    private bool CopyBytes(ref byte source, ref byte target, int length)
    {
        var isOrdinary = true;
        for (var i = 0; i < length; i++)
        {
            var sign = Unsafe.Add(ref source, i);
            Unsafe.Add(ref target, i) = sign;
            isOrdinary &= !_isSpecial[sign];
        }

        return isOrdinary;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint OrdinaryOf(Vector128<byte> block) => Vector128.Equals(Special(block), Vector128<byte>.Zero).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> Special(Vector128<byte> block)
    {
        var nibble = Vector128.Create((byte)0x0F);
        return Vector128.ShuffleNative(_low, block & nibble) & Vector128.ShuffleNative(_high, (block.AsUInt16() >>> 4).AsByte() & nibble);
    }
}

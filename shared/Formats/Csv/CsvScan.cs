using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ExportFunctions.Formats.Csv;

/// <summary>Copies a text and looks for bytes that need attention in the same pass: most texts have none, and are done with it.</summary>
internal static class CsvScan
{
    // Below it lie NUL, TAB, LF and CR, and nothing that is common.
    private const byte FirstOrdinary = 0x0E;

    /// <summary>Copies the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="to">Where it goes; it has room for the text.</param>
    /// <param name="delimiter">The delimiter.</param>
    /// <returns>False when the text may hold a quote, the delimiter or a byte below 0x0E; it is then to be looked at again.</returns>
    public static bool CopyOrdinary(ReadOnlySpan<byte> text, Span<byte> to, byte delimiter)
    {
        ref var source = ref MemoryMarshal.GetReference(text);

        // The one bounds check; all that follows stays within the text's length.
        ref var target = ref MemoryMarshal.GetReference(to[..text.Length]);
        return text.Length switch
        {
            >= 16 => CopyBlocks(ref source, ref target, text.Length, delimiter),
            >= 8 => CopyEights(ref source, ref target, text.Length, delimiter),
            >= 4 => CopyFours(ref source, ref target, text.Length, delimiter),
            _ => CopyBytes(ref source, ref target, text.Length, delimiter),
        };
    }

    private static bool CopyBlocks(ref byte source, ref byte target, int length, byte delimiter)
    {
        var special = Vector128<byte>.Zero;
        var last = length - Vector128<byte>.Count;
        for (var i = 0; i < last; i += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref source, (nuint)i);
            block.StoreUnsafe(ref target, (nuint)i);
            special |= Special(block, delimiter);
        }

        // The last block overlaps the one before.
        var end = Vector128.LoadUnsafe(ref source, (nuint)last);
        end.StoreUnsafe(ref target, (nuint)last);
        return (special | Special(end, delimiter)) == Vector128<byte>.Zero;
    }

    private static bool CopyEights(ref byte source, ref byte target, int length, byte delimiter)
    {
        var first = Unsafe.ReadUnaligned<ulong>(ref source);
        var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - sizeof(ulong)));
        Unsafe.WriteUnaligned(ref target, first);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - sizeof(ulong)), last);
        return Special(Vector128.Create(first, last).AsByte(), delimiter) == Vector128<byte>.Zero;
    }

    private static bool CopyFours(ref byte source, ref byte target, int length, byte delimiter)
    {
        var first = Unsafe.ReadUnaligned<uint>(ref source);
        var last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - sizeof(uint)));
        Unsafe.WriteUnaligned(ref target, first);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - sizeof(uint)), last);
        return Special(Vector128.Create(first | ((ulong)last << 32)).AsByte(), delimiter) == Vector128<byte>.Zero;
    }

    private static bool CopyBytes(ref byte source, ref byte target, int length, byte delimiter)
    {
        var isOrdinary = true;
        for (var i = 0; i < length; i++)
        {
            var sign = Unsafe.Add(ref source, i);
            Unsafe.Add(ref target, i) = sign;
            isOrdinary &= sign >= FirstOrdinary && sign != (byte)'"' && sign != delimiter;
        }

        return isOrdinary;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Special(Vector128<byte> block, byte delimiter) =>
        Vector128.Equals(block, Vector128.Create((byte)'"'))
        | Vector128.Equals(block, Vector128.Create(delimiter))
        | Vector128.Equals(Vector128.Min(block, Vector128.Create((byte)(FirstOrdinary - 1))), block);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The XML before a cell's value. Kept in a field of fixed size, which is faster to copy whole than by its length.</summary>
internal readonly struct CellTag
{
    private const int FieldBytes = 32;

    private readonly byte[] _field;
    private readonly int _length;

    /// <summary>Prepares a tag.</summary>
    /// <param name="tag">The tag, or what of it follows the cell's reference, in ASCII.</param>
    public CellTag(string tag)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tag.Length, MaxBytes, nameof(tag));
        _length = tag.Length;
        _field = new byte[Math.Max(FieldBytes, tag.Length)];
        Encoding.ASCII.GetBytes(tag, _field);
    }

    /// <summary>The bytes of the longest tag that can be copied.</summary>
    public const int MaxBytes = 96;

    /// <summary>Copies the tag.</summary>
    /// <param name="to">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>The bytes of the tag.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CopyTo(ref byte to)
    {
        ref var field = ref MemoryMarshal.GetArrayDataReference(_field);
        Vector256.LoadUnsafe(ref field).StoreUnsafe(ref to);
        if (_length > FieldBytes)
            Unsafe.CopyBlockUnaligned(ref to, ref field, (uint)_length);

        return _length;
    }
}

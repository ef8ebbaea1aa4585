using System.Runtime.CompilerServices;
using System.Text;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>What stands before a cell's value. Kept in a field of fixed size, which is copied whole, faster than its own length.</summary>
internal readonly struct CellTag
{
    private const int FieldBytes = 32;

    private readonly byte[] _field;
    private readonly int _length;

    /// <summary>Prepares a tag.</summary>
    /// <param name="tag">The tag, or what of it follows the cell's reference, in ASCII.</param>
    public CellTag(string tag)
    {
        _length = tag.Length;
        _field = new byte[Math.Max(FieldBytes, tag.Length)];
        Encoding.ASCII.GetBytes(tag, _field);
    }

    /// <summary>Copies the tag.</summary>
    /// <param name="room">At least as many bytes as the field has.</param>
    /// <returns>The bytes of the tag.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CopyTo(Span<byte> room)
    {
        if (_length > FieldBytes)
            _field.CopyTo(room);
        else
            _field.AsSpan(0, FieldBytes).CopyTo(room);

        return _length;
    }
}

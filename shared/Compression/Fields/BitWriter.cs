using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Writes bits, the lowest first. Does not look for room: eight bytes past the last ones are written.</summary>
/// <param name="to">Where the bits go.</param>
internal unsafe ref struct BitWriter(byte* to)
{
    private ulong _bits;
    private int _count;

    /// <summary>Where the next whole byte goes.</summary>
    public byte* Position { get; private set; } = to;

    /// <summary>Adds bits; at most 64 with those that were added since the last <see cref="Flush"/>, which leaves up to seven.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong bits, int count)
    {
        _bits |= bits << _count;
        _count += count;
    }

    /// <summary>Writes the whole bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flush()
    {
        Unsafe.WriteUnaligned(Position, _bits);
        Position += _count >> 3;
        _bits >>= _count & ~7;
        _count &= 7;
    }

    /// <summary>Ends the byte that was begun, with zeros.</summary>
    public void Align()
    {
        _count = (_count + 7) & ~7;
        Flush();
    }
}

using System.Runtime.CompilerServices;

namespace ExportFunctions.Compression.Fields;

/// <summary>Writes bits, lowest first. Has no bounds checks, and writes up to eight bytes past the end.</summary>
/// <param name="to">The output.</param>
internal unsafe ref struct BitWriter(byte* to)
{
    private ulong _bits;
    private int _count;

    /// <summary>The position of the next whole byte.</summary>
    public byte* Position { get; private set; } = to;

    /// <summary>Adds bits; at most 64 including those pending since the last <see cref="Flush"/>, which leaves up to seven.</summary>
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

    /// <summary>Pads the current byte with zeros.</summary>
    public void Align()
    {
        _count = (_count + 7) & ~7;
        Flush();
    }
}

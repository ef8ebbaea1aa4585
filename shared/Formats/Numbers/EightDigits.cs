using System.Numerics;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Numbers;

/// <summary>
/// Converts eight digits at once, in the bytes of one integer (SIMD within a register): the first digit in the lowest byte.
/// </summary>
internal static class EightDigits
{
    /// <summary>Numbers below this have eight digits at most.</summary>
    public const uint Limit = 100_000_000;

    /// <summary>The digits as ASCII, to be added to those of <see cref="Of"/>.</summary>
    public const ulong Zeros = 0x3030303030303030;

    /// <summary>The digits of a number, as bytes of 0 to 9, with zeros in front.</summary>
    /// <param name="value">Below <see cref="Limit"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(uint value)
    {
        // Halves of four digits, pairs of two, then digits; each division is a multiplication that is exact for so few digits.
        var high = value / 10_000;
        var halves = high | ((ulong)(value - (high * 10_000)) << 32);
        var hundreds = ((halves * 10_486) >> 20) & 0x0000_007F_0000_007F;
        var pairs = hundreds | ((halves - (hundreds * 100)) << 16);
        var tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
        return tens | ((pairs - (tens * 10)) << 8);
    }

    /// <summary>Writes a number without leading zeros.</summary>
    /// <param name="to">Room for 24 bytes, of which some behind the digits are overwritten.</param>
    /// <param name="value">The number.</param>
    /// <returns>The digits: 1 to 20.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte to, ulong value) => value < Limit ? WriteShort(ref to, (uint)value) : WriteLong(ref to, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteShort(ref byte to, uint value)
    {
        var digits = Of(value);

        // 0 has one digit, too.
        var zeros = BitOperations.TrailingZeroCount(digits | (1UL << 56)) & ~7;
        Unsafe.WriteUnaligned(ref to, (digits | Zeros) >> zeros);
        return sizeof(ulong) - (zeros >> 3);
    }

    private static int WriteLong(ref byte to, ulong value)
    {
        var high = value / Limit;
        var length = high < Limit ? WriteShort(ref to, (uint)high) : WriteLong(ref to, high);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length), Of((uint)(value - (high * Limit))) | Zeros);
        return length + sizeof(ulong);
    }
}

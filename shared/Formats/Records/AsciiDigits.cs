using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExportFunctions.Formats.Numbers;

namespace ExportFunctions.Formats.Records;

/// <summary>
/// Writes numbers as ASCII digits. Every method returns the bytes written. None checks for room: the target must have
/// <see cref="RecordEncoder.MaxValueBytes"/>.
/// </summary>
internal static class AsciiDigits
{
    private static readonly ulong[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    public static int WriteInteger(ref byte to, long value)
    {
        if (value >= 0)
            return EightDigits.Write(ref to, (ulong)value);

        to = (byte)'-';
        return 1 + EightDigits.Write(ref Unsafe.Add(ref to, 1), (ulong)-value);
    }

    /// <summary>
    /// Writes all digits of the scale (0 to 28), rounded half away from zero; without a scale, the value's own digits. Zero has no minus
    /// sign.
    /// </summary>
    public static int WriteDecimal(ref byte to, decimal value, int? scale, byte sign) =>
        WriteDecimal(ref to, value, scale ?? value.Scale, sign);

    private static int WriteDecimal(ref byte to, decimal value, int scale, byte sign)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var mantissa = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
        if (parts[2] != 0 || scale >= Powers.Length || !TryScale(mantissa, scale - ((parts[3] >> 16) & 0xFF), out var scaled))
            return WriteLargeDecimal(ref to, value, scale, sign);

        var length = 0;
        if (parts[3] < 0 && scaled != 0)
            Unsafe.Add(ref to, length++) = (byte)'-';
        if (scale == 0)
            return length + EightDigits.Write(ref Unsafe.Add(ref to, length), scaled);

        var (whole, fraction) = scale == 2 ? Math.DivRem(scaled, 100) : Math.DivRem(scaled, Powers[scale]);
        length += EightDigits.Write(ref Unsafe.Add(ref to, length), whole);
        Unsafe.Add(ref to, length++) = sign;
        WriteFraction(ref Unsafe.Add(ref to, length), fraction, scale);
        return length + scale;
    }

    // A fixed number of digits, with leading zeros; overwrites some bytes after them.
    private static void WriteFraction(ref byte to, ulong fraction, int digits)
    {
        if (digits <= sizeof(ulong))
        {
            Unsafe.WriteUnaligned(ref to, (EightDigits.Of((uint)fraction) | EightDigits.Zeros) >> (64 - (digits * 8)));
            return;
        }

        var (first, last) = Math.DivRem(fraction, EightDigits.Limit);
        WriteFraction(ref to, first, digits - sizeof(ulong));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, digits - sizeof(ulong)), EightDigits.Of((uint)last) | EightDigits.Zeros);
    }

    /// <summary>Writes two digits.</summary>
    /// <param name="to">The target.</param>
    /// <param name="at">Where in the target.</param>
    /// <param name="value">0 to 99.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WritePair(ref byte to, int at, uint value) =>
        Unsafe.WriteUnaligned(
            ref Unsafe.Add(ref to, at),
            Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(Pairs), value * 2)));

    // Scales a mantissa to the column's scale; false on overflow of 64 bits.
    private static bool TryScale(ulong mantissa, int up, out ulong scaled)
    {
        scaled = mantissa;
        if (up == 0)
            return true;
        if (Math.Abs(up) >= Powers.Length)
            return false;
        if (up > 0)
            return Math.BigMul(mantissa, Powers[up], out scaled) == 0;

        var divisor = Powers[-up];
        (scaled, var rest) = Math.DivRem(mantissa, divisor);
        scaled += rest >= divisor - rest ? 1u : 0;
        return true;
    }

    private static int WriteLargeDecimal(ref byte to, decimal value, int scale, byte sign)
    {
        var rounded = decimal.Round(value, scale, MidpointRounding.AwayFromZero);
        Span<char> format = ['F', (char)('0' + (scale / 10)), (char)('0' + (scale % 10))];
        var room = MemoryMarshal.CreateSpan(ref to, RecordEncoder.MaxValueBytes);
        (rounded == 0 ? 0m : rounded).TryFormat(room, out var length, format, CultureInfo.InvariantCulture);
        if (scale > 0)
            room[length - scale - 1] = sign;

        return length;
    }
}

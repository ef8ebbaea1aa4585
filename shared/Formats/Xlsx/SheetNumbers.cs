using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExportFunctions.Formats.Numbers;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Numbers in a sheet's XML: in the invariant culture and without redundant zeros.</summary>
internal static class SheetNumbers
{
    /// <summary>The most bytes any number takes.</summary>
    public const int MaxLength = 64;

    private const long TicksPerDay = TimeSpan.TicksPerDay;
    private const ulong FractionUnits = 1_000_000_000_000;
    private const int TimeDigits = 15;

    // As many as the digits that are written.
    private static readonly ulong[] PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    ];

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value, at most 15 digits.</param>
    /// <param name="to">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(long value, ref byte to)
    {
        if (value >= 0)
            return EightDigits.Write(ref to, (ulong)value);

        to = (byte)'-';
        return 1 + EightDigits.Write(ref Unsafe.Add(ref to, 1), (ulong)-value);
    }

    /// <summary>
    /// Rounds a decimal to its column's scale, if there is one, and writes it, when it then has no more than the 15 digits that Excel
    /// keeps.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="scale">Digits after the point; null for the value's own.</param>
    /// <param name="to">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="rounded">The rounded value.</param>
    /// <returns>The bytes written; 0 when the value has more digits.</returns>
    public static int Write(decimal value, int? scale, ref byte to, out decimal rounded)
    {
        rounded = scale is { } digitsAfterPoint && value.Scale > digitsAfterPoint ? decimal.Round(
            value, digitsAfterPoint, MidpointRounding.AwayFromZero) : value;

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rounded, bits);
        var low = MemoryMarshal.Cast<int, ulong>(bits)[0];
        if (bits[2] == 0 && low <= XlsxLimits.MaxInteger && rounded.Scale < PowersOfTen.Length)
            return WriteFixed(low, rounded.Scale, bits[3] < 0, ref to);

        // More digits are fine when the last ones are zeros.
        var digits = new UInt128((uint)bits[2], low);
        var zeros = 0;
        for (; digits % 10 == 0 && digits != 0; zeros++)
            digits /= 10;

        if (digits > XlsxLimits.MaxInteger)
            return 0;

        if (zeros >= rounded.Scale || rounded.Scale - zeros >= PowersOfTen.Length)
        {
            rounded.TryFormat(
                MemoryMarshal.CreateSpan(ref to, MaxLength),
                out var written,
                "0.############################",
                CultureInfo.InvariantCulture);
            return written;
        }

        return WriteFixed((ulong)digits, rounded.Scale - zeros, bits[3] < 0, ref to);
    }

    /// <summary>Writes a wall-clock time as Excel counts it: days and the fraction of one, within a microsecond.</summary>
    /// <param name="ticks">The ticks since serial number 0; not negative.</param>
    /// <param name="to">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int WriteSerial(long ticks, ref byte to)
    {
        var written = Write(ticks / TicksPerDay, ref to);
        var time = ticks % TicksPerDay;

        // A time of day has digits to spare: rounded up to 10^-15 of a day it lies above in any case.
        if (ticks < TicksPerDay)
            return time == 0 ? written : written + WriteFraction(
                (((ulong)time * 125_000) + 107) / 108, TimeDigits, ref Unsafe.Add(ref to, written));

        // ticks * 10^12 / TicksPerDay, shortened. LibreOffice truncates to seconds, and shows one less where the nearest double lies below
        // the time; 0.4 microseconds more (half a double's step, until 2079) lie above it. Quarters of a day are exact.
        var fraction =
            time % (TicksPerDay / 4) == 0 ? (ulong)time * 125 / 108 : Math.Min(((((ulong)time * 125) + 107) / 108) + 4, FractionUnits - 1);
        return fraction == 0 ? written : written + WriteFraction(fraction, 12, ref Unsafe.Add(ref to, written));
    }

    private static int WriteFixed(ulong digits, int scale, bool negative, ref byte to)
    {
        if (digits == 0)
        {
            to = (byte)'0';
            return 1;
        }

        var written = 0;
        if (negative)
            Unsafe.Add(ref to, written++) = (byte)'-';

        // Most amounts have two digits; a division by a number that the compiler knows is a multiplication.
        var (whole, fraction) = scale == 2 ? Math.DivRem(digits, 100) : Math.DivRem(digits, PowersOfTen[scale]);
        written += EightDigits.Write(ref Unsafe.Add(ref to, written), whole);
        return fraction == 0 ? written : written + WriteFraction(fraction, scale, ref Unsafe.Add(ref to, written));
    }

    // A point and the digits, with zeros in front and none behind.
    private static int WriteFraction(ulong fraction, int digits, ref byte to)
    {
        to = (byte)'.';
        if (digits <= sizeof(ulong))
            return 1 + WriteEnd(EightDigits.Of((uint)fraction), digits, ref Unsafe.Add(ref to, 1));

        var (first, last) = Math.DivRem(fraction, EightDigits.Limit);
        var firstDigits = digits - sizeof(ulong);
        if (last == 0)
            return 1 + WriteEnd(EightDigits.Of((uint)first), firstDigits, ref Unsafe.Add(ref to, 1));

        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 1), (EightDigits.Of((uint)first) | EightDigits.Zeros) >> (64 - (firstDigits * 8)));
        return 1 + firstDigits + WriteEnd(EightDigits.Of((uint)last), sizeof(ulong), ref Unsafe.Add(ref to, 1 + firstDigits));
    }

    // The last of eight digits, without zeros behind; not all of them are zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteEnd(ulong eight, int digits, ref byte to)
    {
        Unsafe.WriteUnaligned(ref to, (eight | EightDigits.Zeros) >> (64 - (digits * 8)));
        return digits - (BitOperations.LeadingZeroCount(eight) >> 3);
    }
}

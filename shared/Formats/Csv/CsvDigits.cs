using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Csv;

/// <summary>Writes numbers, dates and times as ASCII digits. Every method returns the bytes written; the target must have room for them.</summary>
internal static class CsvDigits
{
    /// <summary>The most bytes of a decimal: a sign, 29 digits, a decimal sign and a scale of 28.</summary>
    public const int MaxDecimalBytes = 60;

    /// <summary>The bytes of a timestamp in ISO 8601 with seven digits of a second and an offset.</summary>
    public const int MaxTimestampBytes = 33;

    private static readonly ulong[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
    ];

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    public static int WriteInteger(Span<byte> to, long value)
    {
        Utf8Formatter.TryFormat(value, to, out var length);
        return length;
    }

    /// <summary>Writes all digits of the scale, rounded half away from zero; what rounds to zero has no minus sign.</summary>
    public static int WriteDecimal(Span<byte> to, decimal value, int scale, byte sign)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        return parts[2] == 0 && TryScale(((ulong)(uint)parts[1] << 32) | (uint)parts[0], scale - ((parts[3] >> 16) & 0xFF), out var scaled)
            ? WriteScaled(to, scaled, isNegative: parts[3] < 0, scale, sign)
            : WriteLargeDecimal(to, value, scale, sign);
    }

    public static int WriteDate(Span<byte> to, int year, int month, int day)
    {
        to = to[..10];
        WritePair(to, 0, year / 100);
        WritePair(to, 2, year % 100);
        to[4] = (byte)'-';
        WritePair(to, 5, month);
        to[7] = (byte)'-';
        WritePair(to, 8, day);
        return 10;
    }

    /// <summary>Writes ISO 8601 with a fraction of a second only where there is one.</summary>
    public static int WriteTimestamp(Span<byte> to, DateTime local, TimeSpan offset, bool isUtc)
    {
        to = to[..MaxTimestampBytes];
        local.Deconstruct(out var year, out var month, out var day);
        WriteDate(to, year, month, day);
        to[10] = (byte)'T';
        var ticks = (ulong)local.TimeOfDay.Ticks;
        var seconds = (uint)(ticks / TimeSpan.TicksPerSecond);
        WriteTime(to[11..19], seconds);
        var length = 19;
        if (ticks - (seconds * (ulong)TimeSpan.TicksPerSecond) is var fraction and > 0)
            length += WriteFraction(to[19..], (uint)fraction);

        if (isUtc)
            to[length] = (byte)'Z';
        else
            WriteOffset(to.Slice(length, 6), (int)(offset.Ticks / TimeSpan.TicksPerMinute));

        return length + (isUtc ? 1 : 6);
    }

    // Brings a mantissa to the column's scale; false where that leaves 64 bits.
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

    private static int WriteScaled(Span<byte> to, ulong scaled, bool isNegative, int scale, byte sign)
    {
        var start = 0;
        if (isNegative && scaled != 0)
            to[start++] = (byte)'-';

        Utf8Formatter.TryFormat(scaled, to[start..], out var digits);
        if (scale == 0)
            return start + digits;

        var number = to.Slice(start, Math.Max(digits, scale + 1) + 1);
        var missing = number.Length - 1 - digits;
        if (missing > 0)
        {
            number[..digits].CopyTo(number[missing..]);
            number[..missing].Fill((byte)'0');
        }

        // The digits after the sign move one on, last first.
        for (var i = number.Length - 1; i >= number.Length - scale; i--)
            number[i] = number[i - 1];

        number[^(scale + 1)] = sign;
        return start + number.Length;
    }

    private static int WriteLargeDecimal(Span<byte> to, decimal value, int scale, byte sign)
    {
        var rounded = decimal.Round(value, scale, MidpointRounding.AwayFromZero);
        Span<char> format = stackalloc char[4];
        format[0] = 'F';
        scale.TryFormat(format[1..], out var digits, default, CultureInfo.InvariantCulture);
        var fits = (rounded == 0 ? 0m : rounded).TryFormat(to, out var length, format[..(digits + 1)], CultureInfo.InvariantCulture);
        Debug.Assert(fits, "A decimal has its room.");
        if (scale > 0)
            to[length - scale - 1] = sign;

        return length;
    }

    private static void WriteTime(Span<byte> to, uint seconds)
    {
        var minutes = seconds / 60;
        WritePair(to, 0, (int)(minutes / 60));
        to[2] = (byte)':';
        WritePair(to, 3, (int)(minutes % 60));
        to[5] = (byte)':';
        WritePair(to, 6, (int)(seconds % 60));
    }

    private static int WriteFraction(Span<byte> to, uint ticks)
    {
        to[0] = (byte)'.';
        for (var i = 7; i > 0; i--)
        {
            to[i] = (byte)('0' + (ticks % 10));
            ticks /= 10;
        }

        return to[..8].TrimEnd((byte)'0').Length;
    }

    private static void WriteOffset(Span<byte> to, int minutes)
    {
        to[0] = minutes < 0 ? (byte)'-' : (byte)'+';
        minutes = Math.Abs(minutes);
        WritePair(to, 1, minutes / 60);
        to[3] = (byte)':';
        WritePair(to, 4, minutes % 60);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePair(Span<byte> to, int at, int value) => Pairs.Slice(value * 2, 2).CopyTo(to[at..]);
}

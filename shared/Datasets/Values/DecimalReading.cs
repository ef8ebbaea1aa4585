using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace ExportFunctions.Datasets.Values;

/// <summary>The result of reading a number.</summary>
internal enum NumberReading
{
    /// <summary>It is not a number.</summary>
    None,

    /// <summary>It fits a decimal exactly.</summary>
    Exact,

    /// <summary>Digits were lost when it was rounded to the scale.</summary>
    Rounded,

    /// <summary>It has too many digits for a decimal.</summary>
    TooLong,
}

/// <summary>
/// Parses decimals from the digits that databases write, either exactly, or rounded half away from zero to a scale. Short ones, which are
/// nearly all, take a fast path.
/// </summary>
internal static class DecimalReading
{
    // The number of digits that always fit a ulong.
    private const int MaxShortLength = 19;
    private const int MaxStackBytes = 256;

    // Four digits after the point, at most nine before it: 13 in all, which a double represents unambiguously.
    private const int ShortScale = 4;
    private const double ShortPower = 10_000;
    private const double ShortLimit = 1e9;

    private const double FirstInexact = 4_503_599_627_370_496;
    private const int MinRealDigits = 14;
    private const int MaxRealDigits = 17;

    private static readonly ulong[] Powers =
    [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
        10_000_000_000_000,
        100_000_000_000_000,
        1_000_000_000_000_000,
        10_000_000_000_000_000,
        100_000_000_000_000_000,
        1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    /// <summary>Reads digits with an optional sign, point and exponent, in the invariant culture.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="scale">The digits to keep after the point; null keeps them all.</param>
    /// <param name="minScale">The minimum number of digits after the point, when no scale is given.</param>
    /// <param name="value">The number.</param>
    public static NumberReading Read(ReadOnlySpan<byte> text, int? scale, int minScale, out decimal value)
    {
        if (TryReadShort(text, out var mantissa, out var isNegative, out var own))
            return Make(mantissa, isNegative, own, scale, minScale, out value);

        return ReadLong(text, scale, minScale, out value);
    }

    /// <summary>Reads the shortest digits that parse back to the same double.</summary>
    /// <param name="real">A finite number.</param>
    /// <param name="scale">The digits to keep after the point; null keeps them all.</param>
    /// <param name="minScale">The minimum number of digits after the point, when no scale is given.</param>
    /// <param name="value">The number.</param>
    public static NumberReading Read(double real, int? scale, int minScale, out decimal value)
    {
        var size = Math.Abs(real);
        if (size < ShortLimit)
        {
            // If the double is the nearest one to a number with so few digits, these are its shortest digits.
            var mantissa = (ulong)((size * ShortPower) + 0.5);
            if (mantissa / ShortPower == size)
            {
                var own = ShortScale;
                for (; own > 0 && mantissa % 10 == 0; own--)
                    mantissa /= 10;

                return Make(mantissa, real < 0, own, scale, minScale, out value);
            }
        }

        Span<byte> text = stackalloc byte[MaxRealLength];
        return ReadLong(text[..Write(real, text)], scale, minScale, out value);
    }

    /// <summary>The maximum length of a formatted double in bytes.</summary>
    public const int MaxRealLength = 32;

    /// <summary>
    /// Writes the shortest digits that are nearer to a double than to any other, as PostgreSQL does. The framework's may lie exactly
    /// between two doubles, where parsers differ; that only happens to integers of over 52 bits.
    /// </summary>
    public static int Write(double real, Span<byte> text)
    {
        real.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (Math.Abs(real) < FirstInexact || !double.IsFinite(real))
            return length;

        for (var digits = MinRealDigits; digits < MaxRealDigits && !IsNearest(real, text[..length]); digits++)
        {
            Span<char> format = ['E', (char)('0' + (digits / 10)), (char)('0' + (digits % 10))];
            real.TryFormat(text, out length, format, CultureInfo.InvariantCulture);
        }

        return length;
    }

    private static bool IsNearest(double real, ReadOnlySpan<byte> text)
    {
        var written = BigInteger.Parse(Encoding.ASCII.GetString(text), NumberStyles.Float, CultureInfo.InvariantCulture);
        var exact = new BigInteger(real);
        var neighbour = new BigInteger(written.CompareTo(exact) < 0 ? Math.BitDecrement(real) : Math.BitIncrement(real));
        return double.Parse(
            text, CultureInfo.InvariantCulture) == real && BigInteger.Abs(written - exact) < BigInteger.Abs(written - neighbour);
    }

    /// <summary>A number written out in digits, rounded to the scale if one is given; null for a text that is not a number.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="scale">The digits to keep after the point; null keeps them all.</param>
    public static string? ToText(ReadOnlySpan<byte> text, int? scale)
    {
        var room = new byte[text.Length];
        if (!ExactNumber.TryParse(text, room, out var number))
            return null;

        if (scale is { } digits)
            number.Round(digits);
        return number.ToText();
    }

    /// <summary>Bytes that sort numerically; null for a text that is not a number.</summary>
    /// <param name="text">UTF-8 without surrounding space.</param>
    /// <param name="scale">The digits to keep after the point; null keeps them all.</param>
    public static byte[]? KeyOf(ReadOnlySpan<byte> text, int? scale)
    {
        var rented = text.Length > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        var room = rented is null ? stackalloc byte[MaxStackBytes] : rented;
        try
        {
            if (!ExactNumber.TryParse(text, room, out var number))
                return null;

            if (scale is { } digits)
                number.Round(digits);
            var key = new byte[number.MaxKeyLength];
            return key[..number.WriteKey(key)];
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Bytes that sort numerically.</summary>
    /// <param name="value">The number.</param>
    public static byte[] KeyOf(decimal value) => KeyOf(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), scale: null)!;

    private static bool TryReadShort(ReadOnlySpan<byte> text, out ulong mantissa, out bool isNegative, out int scale)
    {
        (mantissa, scale) = (0, 0);
        isNegative = !text.IsEmpty && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (digits.Length is 0 or > MaxShortLength)
            return false;

        var point = -1;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (uint)(digits[i] - '0');
            if (digit <= 9)
                mantissa = (mantissa * 10) + digit;
            else if (digits[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }

        scale = point < 0 ? 0 : digits.Length - 1 - point;
        return digits.Length > 1 || point < 0;
    }

    private static NumberReading Make(ulong mantissa, bool isNegative, int own, int? scale, int minScale, out decimal value)
    {
        var reading = NumberReading.Exact;
        if (scale is { } kept && own > kept)
        {
            var power = Powers[own - kept];
            (mantissa, var rest) = Math.DivRem(mantissa, power);
            mantissa += rest >= power - rest ? 1u : 0;
            reading = rest == 0 ? NumberReading.Exact : NumberReading.Rounded;
            own = kept;
        }

        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative && mantissa != 0, (byte)own);
        if (own < minScale && scale is null)
            value = Pad(value, minScale);

        return reading;
    }

    // The sum of two decimals has the larger of their scales.
    private static decimal Pad(decimal value, int scale) =>
        value + new decimal(0, 0, 0, false, (byte)Math.Min(scale, ExactNumber.MaxDecimalDigits));

    private static NumberReading ReadLong(ReadOnlySpan<byte> text, int? scale, int minScale, out decimal value)
    {
        value = 0;
        var rented = text.Length > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        var room = rented is null ? stackalloc byte[MaxStackBytes] : rented;
        try
        {
            if (!ExactNumber.TryParse(text, room, out var number))
                return NumberReading.None;

            var isRounded = scale is { } digits && number.Round(digits);
            if (!number.TryToDecimal(out value))
                return NumberReading.TooLong;

            if (scale is null && value.Scale < minScale)
                value = Pad(value, minScale);
            return isRounded ? NumberReading.Rounded : NumberReading.Exact;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

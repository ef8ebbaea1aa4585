using System.Globalization;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Reads decimals from the forms SQLite databases hold them in: short ones by themselves, all others as the framework does.</summary>
internal static class SqliteDecimals
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // As many digits as certainly fit a long.
    private const int ShortLength = 18;

    private const int ShortScale = 4;
    private const double ShortPower = 10_000;
    private const double ShortLimit = 1e9;

    /// <summary>Reads digits with an optional sign, point and exponent, in the invariant culture.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="number">The number, with the digits after the point that the text has.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out decimal number)
    {
        var negative = !text.IsEmpty && text[0] == '-';
        var digits = negative ? text[1..] : text;
        if (digits.Length is 0 or > ShortLength || !TryReadShort(digits, out var mantissa, out var scale))
            return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number);

        number = Make(mantissa, negative, scale);
        return true;
    }

    /// <summary>Converts with 15 significant digits, which takes off what binary fractions add: 0.1 + 0.2 is 0.3.</summary>
    /// <param name="real">What is stored.</param>
    /// <param name="number">The number.</param>
    public static bool TryConvert(double real, out decimal number)
    {
        // When the double is the nearest one to a number of at most 13 digits, that number is what rounding to 15 digits gives.
        if (Math.Abs(real) < ShortLimit)
        {
            var mantissa = (long)((Math.Abs(real) * ShortPower) + 0.5);
            if (mantissa / ShortPower == Math.Abs(real))
            {
                number = Shortest(mantissa, real < 0);
                return true;
            }
        }

        var fits = Math.Abs(real) < (double)decimal.MaxValue;
        number = fits ? (decimal)real : 0;
        return fits;
    }

    private static bool TryReadShort(ReadOnlySpan<byte> digits, out long mantissa, out int scale)
    {
        mantissa = 0;
        scale = 0;
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

    private static decimal Shortest(long mantissa, bool negative)
    {
        var scale = ShortScale;
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        return Make(mantissa, negative, scale);
    }

    private static decimal Make(long mantissa, bool negative, int scale) =>
        new((int)mantissa, (int)(mantissa >> 32), 0, negative, (byte)scale);
}

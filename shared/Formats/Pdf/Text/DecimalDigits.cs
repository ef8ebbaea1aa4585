using System.Buffers.Text;
using System.Globalization;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>Writes decimals with all digits of a scale, half away from zero, without going through a format string.</summary>
internal static class DecimalDigits
{
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
        1_000_000_000_000
    ];

    /// <summary>Writes a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="scale">The digits after the point, 0 to 12.</param>
    /// <param name="target">Takes the ASCII digits; 32 bytes are enough.</param>
    /// <param name="length">The bytes written.</param>
    /// <returns>False when the number is too long for the quick way.</returns>
    public static bool TryWrite(decimal value, int scale, Span<byte> target, out int length)
    {
        length = 0;
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
        var places = (parts[3] >> 16) & 0xFF;
        if (parts[2] != 0
            || digits > 1_000_000_000_000_000_000
            || scale >= Powers.Length
            || places - scale >= Powers.Length
            || places < scale && digits > 100_000_000_000_000_000 / Powers[scale - places])
            return false;

        if (places > scale)
            digits = (digits + (Powers[places - scale] / 2)) / Powers[places - scale];
        else if (places < scale)
            digits *= Powers[scale - places];

        if (parts[3] < 0 && digits != 0)
            target[length++] = (byte)'-';

        var (whole, fraction) = Math.DivRem(digits, Powers[scale]);
        Utf8Formatter.TryFormat(whole, target[length..], out var written);
        length += written;
        if (scale == 0)
            return true;

        target[length] = (byte)'.';
        for (var i = scale; i > 0; i--)
        {
            target[length + i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        length += scale + 1;
        return true;
    }

    /// <summary>Writes a number that is too long for the quick way.</summary>
    /// <param name="value">The number.</param>
    /// <param name="scale">The digits after the point, 0 to 28.</param>
    /// <param name="target">Takes the ASCII digits; 64 bytes are enough.</param>
    /// <returns>The bytes written.</returns>
    public static int WriteLong(decimal value, int scale, Span<byte> target)
    {
        // Rounded first, so that what rounds to zero has no minus sign.
        var rounded = decimal.Round(value, scale, MidpointRounding.AwayFromZero);
        Span<char> format = ['F', (char)('0' + (scale / 10)), (char)('0' + (scale % 10))];
        (rounded == 0 ? 0 : rounded).TryFormat(target, out var length, format, CultureInfo.InvariantCulture);
        return length;
    }
}

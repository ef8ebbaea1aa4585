using System.Runtime.InteropServices;

namespace ExportFunctions.Formats.Numbers;

/// <summary>Common fractions of decimal numbers, exactly.</summary>
internal static class CommonFraction
{
    /// <summary>A number without its sign as a fraction of a power of ten.</summary>
    /// <param name="value">The number.</param>
    public static (UInt128 Top, UInt128 Bottom) Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var bottom = UInt128.One;
        for (var i = 0; i < value.Scale; i++)
            bottom *= 10;

        return (new UInt128((uint)bits[2], MemoryMarshal.Cast<int, ulong>(bits)[0]), bottom);
    }

    /// <summary>
    /// The nearest fraction with a denominator up to a limit; of two that are equally near the one with the smaller denominator.
    /// </summary>
    /// <param name="top">The numerator, below 2^96.</param>
    /// <param name="bottom">The denominator, at most 10^28.</param>
    /// <param name="limit">The largest denominator wanted, at most 10^7.</param>
    public static (UInt128 Numerator, UInt128 Denominator) Nearest(UInt128 top, UInt128 bottom, UInt128 limit)
    {
        // The convergents of the continued fraction, and the last one that the limit allows between two of them.
        (UInt128 Top, UInt128 Bottom) before = (0, 1), last = (1, 0);
        var (numerator, denominator) = (top, bottom);
        while (denominator != 0)
        {
            var whole = numerator / denominator;
            var next = (Top: before.Top + (whole * last.Top), Bottom: before.Bottom + (whole * last.Bottom));
            if (next.Bottom > limit)
                break;

            (before, last) = (last, next);
            (numerator, denominator) = (denominator, numerator - (whole * denominator));
        }

        if (denominator == 0)
            return last;

        var steps = (limit - before.Bottom) / last.Bottom;
        var between = (Top: before.Top + (steps * last.Top), Bottom: before.Bottom + (steps * last.Bottom));
        return Distance(top, bottom, between) * last.Bottom < Distance(top, bottom, last) * between.Bottom ? between : last;
    }

    private static UInt128 Distance(UInt128 top, UInt128 bottom, (UInt128 Top, UInt128 Bottom) fraction)
    {
        var (left, right) = (top * fraction.Bottom, fraction.Top * bottom);
        return left > right ? left - right : right - left;
    }
}

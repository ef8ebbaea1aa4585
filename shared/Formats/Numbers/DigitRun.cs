using System.Buffers.Text;
using System.Globalization;

namespace ExportFunctions.Formats.Numbers;

/// <summary>
/// The digits of a decimal number without its sign, scaled and rounded exactly: the first one is never 0, and zero has none.
/// </summary>
internal ref struct DigitRun
{
    /// <summary>The bytes it needs: 29 digits, plus one that rounding up may add in front.</summary>
    public const int Room = 32;

    private Span<byte> _digits;

    private readonly Span<byte> _room;

    private DigitRun(Span<byte> room, int digits, int point)
    {
        _room = room;
        _digits = room.Slice(1, digits);
        Point = point;
    }

    /// <summary>How many digits stand before the decimal point; negative when zeros follow the point.</summary>
    public int Point { get; private set; }

    /// <summary>True for zero.</summary>
    public readonly bool IsZero => _digits.IsEmpty;

    /// <summary>The digits behind the point, without zeros at their end.</summary>
    public readonly int Decimals
    {
        get
        {
            var length = _digits.Length;
            while (length > 0 && _digits[length - 1] == '0')
                length--;

            return Math.Max(0, length - Point);
        }
    }

    /// <summary>Takes the digits of a number.</summary>
    /// <param name="value">The number, whose sign is left out.</param>
    /// <param name="room"><see cref="Room"/> bytes.</param>
    public static DigitRun Of(decimal value, Span<byte> room)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        int length;
        if (bits[2] == 0)
            Utf8Formatter.TryFormat(((ulong)(uint)bits[1] << 32) | (uint)bits[0], room[1..], out length);
        else
            new decimal(bits[0], bits[1], bits[2], false, 0).TryFormat(room[1..], out length, default, CultureInfo.InvariantCulture);

        return room[1] == '0' ? new DigitRun(room, 0, 0) : new DigitRun(room, length, length - value.Scale);
    }

    /// <summary>Multiplies by a power of ten.</summary>
    /// <param name="powers">The power.</param>
    public void Shift(int powers)
    {
        if (!IsZero)
            Point += powers;
    }

    /// <summary>Rounds half away from zero.</summary>
    /// <param name="decimals">The digits to keep behind the point.</param>
    public void Round(int decimals)
    {
        var kept = Point + decimals;
        if (kept >= _digits.Length)
            return;

        var isUp = kept >= 0 && _digits[kept] >= '5';
        _digits = _digits[..Math.Max(0, kept)];
        if (isUp)
            Increase();
        else if (IsZero)
            Point = 0;
    }

    /// <summary>The digit of a place: 0 for ones, 1 for tens, -1 for tenths.</summary>
    public readonly byte At(int place)
    {
        var index = Point - 1 - place;
        return (uint)index < (uint)_digits.Length ? _digits[index] : (byte)'0';
    }

    private void Increase()
    {
        for (var i = _digits.Length - 1; i >= 0; i--)
        {
            if (_digits[i] != '9')
            {
                _digits[i]++;
                _digits = _digits[..(i + 1)];
                return;
            }
        }

        // All nines, or no digits: put a one in front.
        _digits = _room[..1];
        _digits[0] = (byte)'1';
        Point++;
    }
}

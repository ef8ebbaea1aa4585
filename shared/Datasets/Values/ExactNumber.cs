using System.Buffers.Binary;

namespace ExportFunctions.Datasets.Values;

/// <summary>
/// A decimal number of any length, as databases write them: <c>-12.50</c>, <c>.5</c>, <c>1e-7</c>. Its value is 0.d1d2d3… times ten to
/// the power of <see cref="Exponent"/>, without leading or trailing zeros in its digits; zero has no digits.
/// </summary>
internal ref struct ExactNumber
{
    /// <summary>The number of significant digits that a decimal always holds.</summary>
    public const int MaxDecimalDigits = 28;

    // Far more than any database supports, and small enough to add to without overflow.
    private const int MaxExponent = 1_000_000;

    // More digits than a double's shortest form has, and exponents beyond which zeros would make up most of the text.
    private const int MaxShortDigits = 17;
    private const int MaxPlainExponent = 30;
    private const int MinPlainExponent = -27;

    // PostgreSQL's numbers have at most 131,072 digits before the point.
    private const int MaxPlainLength = 150_000;

    private Span<byte> _digits;

    /// <summary>The power of ten.</summary>
    public int Exponent { get; private set; }

    /// <summary>True below zero.</summary>
    public bool IsNegative { get; private set; }

    /// <summary>The digits after the point in the text, including trailing zeros; 0 or more.</summary>
    public int OwnScale { get; private set; }

    /// <summary>True when it has no fraction.</summary>
    public readonly bool IsWhole => _digits.Length <= Exponent || _digits.IsEmpty;

    /// <summary>Reads a number; false for a text that is not one.</summary>
    /// <param name="text">ASCII: an optional sign, digits with an optional point, an optional exponent.</param>
    /// <param name="room">A buffer for the digits, as long as the text.</param>
    /// <param name="number">The number.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> room, out ExactNumber number)
    {
        number = default;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            number.IsNegative = text[0] == '-';
            text = text[1..];
        }

        var (count, point, at) = (0, -1, 0);
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
                room[count++] = (byte)digit;
            else if (text[at] == '.' && point < 0)
                point = count;
            else
                break;
        }

        var power = 0;
        if (count == 0 || (at < text.Length && !TryReadPower(text[at..], out power)))
            return false;

        var whole = point < 0 ? count : point;
        number.OwnScale = Math.Max(0, count - whole - power);
        number.Take(room[..count], whole + power);
        return true;
    }

    /// <summary>Rounds half away from zero; true when digits were lost.</summary>
    /// <param name="scale">The digits to keep after the point, 0 or more.</param>
    public bool Round(int scale)
    {
        OwnScale = scale;
        var kept = Exponent + scale;
        if (kept >= _digits.Length)
            return false;

        if (kept < 0)
        {
            Take([], 0);
            return true;
        }

        var isUp = _digits[kept] >= 5;
        if (!isUp)
        {
            Take(_digits[..kept], Exponent);
            return true;
        }

        while (kept > 0 && _digits[kept - 1] == 9)
            kept--;

        if (kept > 0)
        {
            _digits[kept - 1]++;
            Take(_digits[..kept], Exponent);
        }
        else
        {
            _digits[0] = 1;
            Take(_digits[..1], Exponent + 1);
        }

        return true;
    }

    /// <summary>
    /// The number as a decimal with its own digits after the point; false when it has more than <see cref="MaxDecimalDigits"/> digits.
    /// </summary>
    public readonly bool TryToDecimal(out decimal value)
    {
        value = 0;
        var needed = Math.Max(0, _digits.Length - Exponent);
        if (Math.Max(Exponent, 0) + needed > MaxDecimalDigits || needed > MaxDecimalDigits)
            return false;

        // Trailing zeros are dropped if they don't fit.
        var scale = Math.Max(needed, Math.Min(OwnScale, MaxDecimalDigits - Math.Max(Exponent, 0)));
        UInt128 mantissa = 0;
        for (var i = 0; i < Exponent + scale; i++)
            mantissa = (mantissa * 10) + (i < _digits.Length ? _digits[i] : 0u);

        value = new decimal(
            (int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), IsNegative && mantissa != 0, (byte)scale);
        return true;
    }

    /// <summary>The number as a 64-bit integer; false when it is not one.</summary>
    public readonly bool TryToInteger(out long value)
    {
        value = 0;
        return IsWhole && TryToDecimal(
            out var number) && number is >= long.MinValue and <= long.MaxValue && (value = (long)number) == number;
    }

    /// <summary>The number written out in digits: plain, or with an exponent when few digits have many zeros.</summary>
    public readonly string ToText()
    {
        if (_digits.IsEmpty)
            return OwnScale == 0 ? "0" : "0." + new string('0', Math.Min(OwnScale, MaxDecimalDigits));

        var digits = string.Create(_digits.Length, _digits, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = (char)('0' + source[i]);
        });
        var sign = IsNegative ? "-" : "";
        var isFar = Exponent is > MaxPlainExponent or < MinPlainExponent;
        if (isFar && (_digits.Length <= MaxShortDigits || Math.Abs(Exponent) > MaxPlainLength))
        {
            var power = Exponent - 1;
            var rest = digits.Length == 1 ? "" : "." + digits[1..];
            return FormattableString.Invariant($"{sign}{digits[0]}{rest}E{(power < 0 ? '-' : '+')}{Math.Abs(power)}");
        }

        var scale = Math.Max(OwnScale, digits.Length - Exponent);
        var plain = Exponent <= 0 ? "0" : digits.Length <= Exponent ? digits.PadRight(Exponent, '0') : digits[..Exponent];
        var fraction = Exponent <= 0 ? new string('0', -Exponent) + digits : digits.Length <= Exponent ? "" : digits[Exponent..];
        return scale <= 0 ? sign + plain : $"{sign}{plain}.{fraction.PadRight(scale, '0')}";
    }

    /// <summary>The maximum length of <see cref="WriteKey"/>'s output.</summary>
    public readonly int MaxKeyLength => 6 + ((_digits.Length + 1) / 2);

    /// <summary>Writes bytes that sort numerically, identical for equal numbers in any spelling.</summary>
    /// <param name="key">At least <see cref="MaxKeyLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public readonly int WriteKey(Span<byte> key)
    {
        if (_digits.IsEmpty)
        {
            key[0] = 1;
            return 1;
        }

        key[0] = 2;
        BinaryPrimitives.WriteUInt32BigEndian(key[1..], (uint)(Exponent + int.MaxValue));
        var length = 5;
        for (var i = 0; i < _digits.Length; i += 2)
            key[length++] = (byte)((_digits[i] * 10) + (i + 1 < _digits.Length ? _digits[i + 1] : 0) + 1);

        if (!IsNegative)
            return length;

        // Inverted, with a terminator that sorts after every digit: of two numbers with the same prefix, the longer one is smaller.
        key[0] = 0;
        for (var i = 1; i < length; i++)
            key[i] = (byte)~key[i];

        key[length++] = byte.MaxValue;
        return length;
    }

    private void Take(Span<byte> digits, int exponent)
    {
        var first = digits.IndexOfAnyExcept((byte)0);
        if (first < 0)
        {
            _digits = [];
            (Exponent, IsNegative) = (0, false);
            return;
        }

        _digits = digits[first..(digits.LastIndexOfAnyExcept((byte)0) + 1)];
        Exponent = exponent - first;
    }

    private static bool TryReadPower(ReadOnlySpan<byte> text, out int power)
    {
        power = 0;
        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length < 2)
            return false;

        var isNegative = text[1] == '-';
        var digits = text[(text[1] is (byte)'-' or (byte)'+' ? 2 : 1)..];
        foreach (var sign in digits)
        {
            var digit = sign - '0';
            if (digit is < 0 or > 9)
                return false;

            power = Math.Min(MaxExponent, (power * 10) + digit);
        }

        power = isNegative ? -power : power;
        return !digits.IsEmpty;
    }
}

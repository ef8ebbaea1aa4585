namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>Determines the meaning of digits, commas and slashes in a number section.</summary>
/// <param name="parts">The parts from the lexer.</param>
/// <param name="fail">Reports an error and its position.</param>
internal sealed class DigitsReader(FormatPart[] parts, Action<int, string> fail)
{
    private readonly int _bar = FindBar(parts);
    private readonly int _exponent = Array.FindIndex(parts, part => part.Kind == FormatPartKind.Exponent);
    private readonly int _point = Array.FindIndex(parts, part => part.Kind == FormatPartKind.Point);
    private readonly List<FormatPart> _result = [];
    private int _thousands;
    private bool _isGrouped;

    /// <summary>Reads the section.</summary>
    public FormatSection Read()
    {
        CheckOnce(FormatPartKind.Point, _point, "a number has one decimal point; write \\. for the character itself");
        CheckOnce(FormatPartKind.Exponent, _exponent, "a number has one exponent");
        CheckExponent();
        if (_bar >= 0)
            CheckFraction();

        for (var i = 0; i < parts.Length; i++)
            Add(i);

        return new FormatSection
        {
            Kind = _bar >= 0 ? SectionKind.Fraction : _exponent >= 0 ? SectionKind.Scientific : SectionKind.Number,
            Parts = _result,
            IsGrouped = _isGrouped,
            Thousands = _thousands,
            Hundreds = parts.Count(part => part.Kind == FormatPartKind.Percent),
        };
    }

    private void Add(int index)
    {
        var part = parts[index];
        switch (part.Kind)
        {
            case FormatPartKind.Digit:
                _result.Add(part with { Kind = KindOf(index) });
                break;
            case FormatPartKind.Comma:
                AddComma(index);
                break;
            case FormatPartKind.Slash when index != _bar:
            case FormatPartKind.TimeSeparator:
                _result.Add(part with { Kind = FormatPartKind.Literal });
                break;
            case FormatPartKind.Denominator when index != _bar + 1 || _bar < 0:
                fail(part.Position, $"the digits {part.Text} are no denominator, since no digits stand before the bar");
                break;
            default:
                _result.Add(part);
                break;
        }
    }

    // Between digits before the point it groups; after the last digit it divides by a thousand; elsewhere it is text.
    private void AddComma(int index)
    {
        var part = parts[index];
        var previous = index;
        while (previous >= 0 && parts[previous].Kind == FormatPartKind.Comma)
            previous--;

        var isBehindDigit = previous >= 0 && parts[previous].Kind is FormatPartKind.Digit;
        if (HasDigitBetween(index + 1, EndOfIntegers) && HasDigitBetween(0, index))
            _isGrouped = true;
        else if (isBehindDigit && !HasDigitBetween(index + 1, EndOfMantissa))
            _thousands++;
        else if (isBehindDigit && index < EndOfIntegers)
            _thousands++;
        else if (isBehindDigit)
            fail(part.Position, "a comma stands between the digits behind the point");
        else
            _result.Add(part with { Kind = FormatPartKind.Literal });
    }

    private int EndOfMantissa => _exponent >= 0 ? _exponent : parts.Length;

    private int EndOfIntegers => _point >= 0 ? Math.Min(_point, EndOfMantissa) : EndOfMantissa;

    private bool HasDigitBetween(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (parts[i].Kind == FormatPartKind.Digit)
                return true;
        }

        return false;
    }

    private FormatPartKind KindOf(int index)
    {
        if (_bar >= 0)
        {
            return index > _bar ? FormatPartKind.DenominatorDigit
                : index >= StartOfNumerator ? FormatPartKind.NumeratorDigit
                : FormatPartKind.IntegerDigit;
        }

        return _exponent >= 0 && index > _exponent ? FormatPartKind.ExponentDigit
            : _point >= 0 && index > _point ? FormatPartKind.DecimalDigit
            : FormatPartKind.IntegerDigit;
    }

    private int StartOfNumerator
    {
        get
        {
            var start = _bar;
            while (start > 0 && parts[start - 1].Kind == FormatPartKind.Digit)
                start--;

            return start;
        }
    }

    // A slash between digits; any other one is text.
    private static int FindBar(FormatPart[] parts)
    {
        for (var i = 1; i + 1 < parts.Length; i++)
        {
            var isBetweenDigits = parts[i - 1].Kind == FormatPartKind.Digit
                && parts[i + 1].Kind is FormatPartKind.Digit or FormatPartKind.Denominator;
            if (parts[i].Kind == FormatPartKind.Slash && isBetweenDigits)
                return i;
        }

        return -1;
    }

    private void CheckFraction()
    {
        if (_point >= 0)
            fail(parts[_point].Position, "a fraction has no decimal point");

        if (_exponent >= 0)
            fail(parts[_exponent].Position, "a fraction has no exponent");

        if (Array.Find(parts, part => part.Kind == FormatPartKind.Percent) is { Kind: FormatPartKind.Percent } percent)
            fail(percent.Position, "a fraction has no per cent sign");

        var second = Array.FindIndex(parts, _bar + 1, part => part.Kind == FormatPartKind.Slash);
        if (second >= 0 && parts[second - 1].Kind is FormatPartKind.Digit or FormatPartKind.Denominator)
            fail(parts[second].Position, "a fraction has one bar; write \\/ for the character itself");

        var end = _bar + 1;
        while (end < parts.Length && parts[end].Kind == FormatPartKind.Digit)
            end++;

        if (Array.FindIndex(parts, end, part => part.Kind == FormatPartKind.Digit) is >= 0 and var digit)
            fail(parts[digit].Position, "digits stand behind the fraction");

        if (end - _bar - 1 > 7)
            fail(parts[_bar].Position, "a denominator has at most 7 digits");
    }

    private void CheckExponent()
    {
        if (_exponent < 0)
            return;

        if (!HasDigitBetween(0, _exponent))
            fail(parts[_exponent].Position, $"the exponent {parts[_exponent].Text} has no digit before it");

        if (!HasDigitBetween(_exponent + 1, parts.Length))
            fail(parts[_exponent].Position, $"the exponent {parts[_exponent].Text} has no digit behind it; expected one such as E+00");

        if (_point > _exponent)
            fail(parts[_point].Position, "an exponent has no decimal point");
    }

    private void CheckOnce(FormatPartKind kind, int first, string message)
    {
        if (first >= 0 && Array.FindIndex(parts, first + 1, part => part.Kind == kind) is >= 0 and var second)
            fail(parts[second].Position, message);
    }
}

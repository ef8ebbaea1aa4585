using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>Formats a number in digits: grouped, scaled, rounded half away from zero, with an exponent if the section has one.</summary>
internal sealed class DigitsWriter : SectionWriter
{
    private readonly int _integers;
    private readonly int _decimals;
    private readonly int _requiredDecimals;
    private readonly int _exponents;
    private readonly int _shift;

    /// <summary>Prepares a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="culture">The signs to use.</param>
    public DigitsWriter(FormatSection section, FormatCulture culture)
        : base(section, culture)
    {
        _integers = section.CountOf(FormatPartKind.IntegerDigit);
        _decimals = section.CountOf(FormatPartKind.DecimalDigit);
        _exponents = section.CountOf(FormatPartKind.ExponentDigit);
        _shift = (2 * section.Hundreds) - (3 * section.Thousands);
        var decimals = section.Parts.Where(part => part.Kind == FormatPartKind.DecimalDigit).ToList();
        _requiredDecimals = decimals.FindLastIndex(part => part.Text == "0") + 1;
    }

    /// <inheritdoc/>
    public override void Write(decimal value, bool isSigned, ref ByteWriter writer)
    {
        Span<byte> room = stackalloc byte[DigitRun.Room];
        var digits = DigitRun.Of(value, room);
        digits.Shift(_shift);
        var exponent = Section.Kind == SectionKind.Scientific ? TakeExponent(ref digits) : 0;
        digits.Round(_decimals);

        // A number that rounds to zero has no sign.
        if (isSigned && value < 0 && !digits.IsZero)
            writer.Add((byte)'-');

        WriteParts(digits, exponent, ref writer);
    }

    private void WriteParts(scoped DigitRun digits, int exponent, ref ByteWriter writer)
    {
        var place = _integers - 1;
        var (tenth, decimals) = (0, Math.Max(_requiredDecimals, digits.Decimals));
        var isExponentOpen = true;
        foreach (ref readonly var part in Parts.AsSpan())
        {
            switch (part.Kind)
            {
                case FormatPartKind.IntegerDigit:
                    if (place == _integers - 1)
                        WriteLeading(digits, ref writer);

                    WriteInteger(digits, place--, part.Sign, ref writer);
                    break;
                case FormatPartKind.Point:
                    if (_integers == 0)
                        WriteLeading(digits, ref writer);

                    writer.Add(Culture.DecimalSign);
                    break;
                case FormatPartKind.DecimalDigit:
                    if (tenth++ < decimals)
                        writer.Add(digits.At(-tenth));
                    else if (part.Sign == '?')
                        writer.Add(Culture.Blank);

                    break;
                case FormatPartKind.Exponent:
                    writer.Add((byte)'E');
                    if (exponent < 0)
                        writer.Add((byte)'-');
                    else if (part.Text[1] == '+')
                        writer.Add((byte)'+');

                    break;
                case FormatPartKind.ExponentDigit:
                    if (isExponentOpen)
                        writer.Add(Math.Abs(exponent), ExponentWidth);

                    isExponentOpen = false;
                    break;
                default:
                    WriteText(part, ref writer);
                    break;
            }
        }
    }

    // At least one digit: an exponent of 0 is shown.
    private int ExponentWidth => Math.Max(1, Parts.Count(part => part.Kind == FormatPartKind.ExponentDigit && part.Sign == '0'));

    // Digits without a placeholder.
    private void WriteLeading(scoped DigitRun digits, ref ByteWriter writer)
    {
        for (var place = digits.Point - 1; place >= _integers; place--)
        {
            writer.Add(digits.At(place));
            if (Section.IsGrouped && Culture.IsGroupEnd(place))
                writer.Add(Culture.GroupSign);
        }
    }

    private void WriteInteger(scoped DigitRun digits, int place, byte sign, ref ByteWriter writer)
    {
        var hasDigit = place < digits.Point;
        if (!hasDigit && sign == '#')
            return;

        var isBlank = !hasDigit && sign == '?';
        if (isBlank)
            writer.Add(Culture.Blank);
        else
            writer.Add(digits.At(place));

        if (Section.IsGrouped && Culture.IsGroupEnd(place))
            writer.Add(isBlank ? Culture.Blank : Culture.GroupSign);
    }

    // Several digits before the point: exponents are multiples of their number.
    private int TakeExponent(scoped ref DigitRun digits)
    {
        if (digits.IsZero)
            return 0;

        var exponent = ExponentOf(digits.Point - 1);
        digits.Shift(-exponent);
        digits.Round(_decimals);

        // Rounding up may have added a digit.
        var more = ExponentOf(digits.Point - 1);
        digits.Shift(-more);
        return exponent + more;
    }

    private int ExponentOf(int power) => _integers switch
    {
        0 => power + 1,
        1 => power,
        _ => (int)Math.Floor(power / (double)_integers) * _integers,
    };
}

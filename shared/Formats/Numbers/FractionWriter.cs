using System.Globalization;
using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>
/// Formats a number as a common fraction: the nearest one whose denominator has the section's number of digits, or the section's fixed
/// denominator.
/// </summary>
internal sealed class FractionWriter : SectionWriter
{
    private const int MaxDigits = 40;

    private readonly SectionPart[] _denominator;
    private readonly SectionPart[] _numerator;
    private readonly SectionPart[] _integers;
    private readonly UInt128 _limit;
    private readonly bool _isGiven;

    /// <summary>Prepares a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="culture">The signs to use.</param>
    public FractionWriter(FormatSection section, FormatCulture culture)
        : base(section, culture)
    {
        _integers = Array.FindAll(Parts, part => part.Kind == FormatPartKind.IntegerDigit);
        _numerator = Array.FindAll(Parts, part => part.Kind == FormatPartKind.NumeratorDigit);
        _denominator = Array.FindAll(Parts, part => part.Kind == FormatPartKind.DenominatorDigit);
        var given = section.Parts.FirstOrDefault(part => part.Kind == FormatPartKind.Denominator).Text;
        _isGiven = given is not null;
        _limit = _isGiven ? UInt128.Parse(given!, CultureInfo.InvariantCulture) : (UInt128)Math.Pow(10, _denominator.Length) - 1;
    }

    /// <inheritdoc/>
    public override void Write(decimal value, bool isSigned, ref ByteWriter writer)
    {
        var (top, bottom) = CommonFraction.Of(value);
        UInt128 whole = 0;
        if (_integers.Length > 0)
            (whole, top) = (top / bottom, top % bottom);

        var (numerator, denominator) = _isGiven
            ? (((top * _limit) + (bottom / 2)) / bottom, _limit)
            : CommonFraction.Nearest(top, bottom, _limit);
        if (_integers.Length > 0 && numerator == denominator)
            (whole, numerator) = (whole + 1, 0);

        if (isSigned && value < 0 && (whole != 0 || numerator != 0))
            writer.Add((byte)'-');

        WriteParts(whole, numerator, denominator, ref writer);
    }

    private void WriteParts(UInt128 whole, UInt128 numerator, UInt128 denominator, ref ByteWriter writer)
    {
        // An integer leaves the fraction's room blank, unless zeros are requested.
        var isWhole = _integers.Length > 0 && numerator == 0 && !Array.Exists(_numerator, part => part.Sign == '0');
        var (isWholeOpen, isTopOpen, isBottomOpen) = (true, true, true);
        foreach (var part in Parts)
        {
            switch (part.Kind)
            {
                case FormatPartKind.IntegerDigit:
                    if (isWholeOpen)
                        WriteNumber(whole, _integers, isZeroShown: numerator == 0, ref writer);

                    isWholeOpen = false;
                    break;
                case FormatPartKind.NumeratorDigit:
                    if (isTopOpen && !isWhole)
                        WriteNumber(numerator, _numerator, isZeroShown: true, ref writer);
                    else if (isWhole)
                        writer.Add(Culture.Blank);

                    isTopOpen = false;
                    break;
                case FormatPartKind.Slash when isWhole:
                    writer.Add(Culture.Blank);
                    break;
                case FormatPartKind.DenominatorDigit:
                    if (isBottomOpen && !isWhole)
                        WriteDenominator(denominator, ref writer);
                    else if (isWhole)
                        writer.Add(Culture.Blank);

                    isBottomOpen = false;
                    break;
                case FormatPartKind.Denominator when isWhole:
                    for (var i = 0; i < part.Text.Length; i++)
                        writer.Add(Culture.Blank);

                    break;
                default:
                    WriteText(part, ref writer);
                    break;
            }
        }
    }

    private void WriteNumber(UInt128 number, SectionPart[] places, bool isZeroShown, ref ByteWriter writer)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        if (number == 0 && !isZeroShown)
            length = 0;

        for (var i = 0; i < places.Length - length; i++)
        {
            if (places[i].Sign == '0')
                writer.Add((byte)'0');
            else if (places[i].Sign == '?')
                writer.Add(Culture.Blank);
        }

        writer.Add(digits[..length]);
    }

    // Left-aligned, so that slashes line up.
    private void WriteDenominator(UInt128 number, ref ByteWriter writer)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        for (var i = length; i < _denominator.Length; i++)
        {
            if (_denominator[i - length].Sign == '0')
                writer.Add((byte)'0');
        }

        writer.Add(digits[..length]);
        for (var i = length; i < _denominator.Length; i++)
        {
            if (_denominator[i].Sign == '?')
                writer.Add(Culture.Blank);
        }
    }
}

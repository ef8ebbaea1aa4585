using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>Formats a number with its own digits, or texts only.</summary>
/// <param name="section">The section.</param>
/// <param name="culture">The signs to use.</param>
internal sealed class GeneralWriter(FormatSection section, FormatCulture culture) : SectionWriter(section, culture)
{
    /// <inheritdoc/>
    public override void Write(decimal value, bool isSigned, ref ByteWriter writer)
    {
        if (isSigned && value < 0 && Parts.Length > 0)
            writer.Add((byte)'-');

        foreach (var part in Parts)
        {
            if (part.Kind == FormatPartKind.General)
                WriteDigits(value, ref writer);
            else
                WriteText(part, ref writer);
        }
    }

    private void WriteDigits(decimal value, ref ByteWriter writer)
    {
        Span<byte> room = stackalloc byte[DigitRun.Room];
        var digits = DigitRun.Of(value, room);
        for (var place = Math.Max(1, digits.Point) - 1; place >= 0; place--)
            writer.Add(digits.At(place));

        var decimals = digits.Decimals;
        if (decimals > 0)
            writer.Add(Culture.DecimalSign);

        for (var place = 1; place <= decimals; place++)
            writer.Add(digits.At(-place));
    }
}

using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>Formats values by one section of a number format.</summary>
/// <param name="section">The section.</param>
/// <param name="culture">The signs and names to use.</param>
internal abstract class SectionWriter(FormatSection section, FormatCulture culture)
{
    /// <summary>
    /// The maximum length of a number without its format's own texts: 29 digits, shifted by the percent signs and commas of 255 characters,
    /// with a group separator each.
    /// </summary>
    private const int MaxNumberBytes = 64;

    /// <summary>The colour of what it shows.</summary>
    public FormatColor? Color { get; } = section.Color;

    /// <summary>The most bytes it writes.</summary>
    public virtual int MaxBytes => MaxNumberBytes + ((29 + (2 * section.Hundreds)) * (1 + culture.GroupSign.Length))
        + section.Parts.Sum(part => (part.Text.Length * 3) + culture.GroupSign.Length + culture.DecimalSign.Length + culture.Blank.Length);

    /// <summary>The parts.</summary>
    protected SectionPart[] Parts { get; } = [.. section.Parts.Select(SectionPart.Of)];

    /// <summary>The section.</summary>
    protected FormatSection Section => section;

    /// <summary>The signs and names to use.</summary>
    protected FormatCulture Culture => culture;

    /// <summary>Makes the writer of a section.</summary>
    public static SectionWriter Of(FormatSection section, FormatCulture culture) => section.Kind switch
    {
        SectionKind.Number or SectionKind.Scientific => new DigitsWriter(section, culture),
        SectionKind.Fraction => new FractionWriter(section, culture),
        SectionKind.Clock => new ClockWriter(section, culture),
        _ => new GeneralWriter(section, culture),
    };

    /// <summary>Writes a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="isSigned">Whether a minus sign goes before a negative number.</param>
    /// <param name="writer">Takes the bytes.</param>
    public abstract void Write(decimal value, bool isSigned, ref ByteWriter writer);

    /// <summary>Writes a part without digits: text, a gap, or cell fill.</summary>
    protected static void WriteText(SectionPart part, ref ByteWriter writer)
    {
        switch (part.Kind)
        {
            // Text has no cell to fill: a blank separates what is left of it from what is right.
            case FormatPartKind.Fill:
                if (part.Sign == ' ' && writer.Written.ContainsAnyExcept((byte)' '))
                    writer.Add((byte)' ');

                break;
            case FormatPartKind.Gap:
                writer.Add((byte)' ');
                break;
            case FormatPartKind.Text:
                break;
            default:
                writer.Add(part.Text);
                break;
        }
    }
}

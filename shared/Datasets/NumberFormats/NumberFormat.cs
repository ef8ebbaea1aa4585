namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>
/// A number format in spreadsheet notation (ECMA-376 part 1, 18.8.30 and 18.8.31), parsed by its grammar. Definitions are validated with it
/// at startup, and rendering outside of spreadsheets uses it, so it lies below both.
/// </summary>
/// <remarks>
/// Up to four sections: for positive and negative numbers, zero, and text; or for the numbers that a condition selects. Digits <c>0 #
/// ?</c>, grouping, division by thousands, percent, exponents, fractions, dates and times, elapsed time, texts, colors and currencies.
/// </remarks>
public sealed partial class NumberFormat
{
    private const int MaxSections = 4;

    private const string TooManySections =
        "a fifth section begins; a format has at most four, for positive numbers, negative numbers, zero and text";

    private readonly bool _isSecondNegativeOnly;

    private NumberFormat(string text, List<FormatSection> sections)
    {
        (Text, Sections) = (text, sections);
        ValueSections = sections[^1].Kind == SectionKind.Text ? sections[..^1] : [.. sections.Take(MaxSections - 1)];
        _isSecondNegativeOnly = TakesNegativesOnly(ValueSections);
    }

    /// <summary>The format as it was written.</summary>
    public string Text { get; }

    /// <summary>The sections, one to four.</summary>
    internal IReadOnlyList<FormatSection> Sections { get; }

    /// <summary>Parses a format that has been validated.</summary>
    /// <param name="text">The format.</param>
    /// <exception cref="FormatException">It is not a number format.</exception>
    public static NumberFormat Parse(string text) =>
        Read(text, out var fault)
        ?? throw new FormatException($"\"{text}\" is no number format: at character {fault!.Position + 1} {fault.Message}.");

    /// <summary>Parses a format.</summary>
    /// <param name="text">The format.</param>
    /// <param name="fault">The error, if any.</param>
    /// <returns>The format; null when the text is not one.</returns>
    public static NumberFormat? Read(string text, out NumberFormatFault? fault)
    {
        var lexer = new FormatLexer(text);
        lexer.Read();
        if ((fault = lexer.Fault) is not null)
            return null;

        var sections = new List<FormatSection>();
        foreach (var parts in Split(lexer.Parts))
        {
            if (sections.Count == MaxSections)
                fault = new NumberFormatFault(parts.Border, TooManySections);
            else if (new SectionReader(parts.Parts).Read(out fault) is { } section)
                sections.Add(section);

            if (fault is not null)
                return null;
        }

        fault = CheckTogether(sections, lexer.Parts);
        return fault is null ? new NumberFormat(text, sections) : null;
    }

    private static IEnumerable<(int Border, List<FormatPart> Parts)> Split(List<FormatPart> parts)
    {
        var border = 0;
        var section = new List<FormatPart>();
        foreach (var part in parts)
        {
            if (part.Kind != FormatPartKind.Border)
            {
                section.Add(part);
                continue;
            }

            yield return (border, section);
            (border, section) = (part.Position, []);
        }

        yield return (border, section);
    }

    private static NumberFormatFault? CheckTogether(List<FormatSection> sections, List<FormatPart> parts)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            if (sections[i].Kind == SectionKind.Text && i < sections.Count - 1)
            {
                var position = parts.Find(part => part.Kind == FormatPartKind.Text).Position;
                return new NumberFormatFault(position, "@ stands in a section that others follow; text has the last one");
            }

            if (sections[i].Condition is not null && i >= 2)
            {
                var position =
                    parts.FindLast(part => part.Kind == FormatPartKind.Setting && FormatCondition.IsCondition(part.Text)).Position;
                return new NumberFormatFault(
                    position, "only the first two sections may have a condition; the third is for all other numbers");
            }
        }

        return null;
    }
}

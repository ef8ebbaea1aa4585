namespace ExportFunctions.Datasets.NumberFormats;

/// <content>Which section applies to a value.</content>
public sealed partial class NumberFormat
{
    /// <summary>The sections for numbers, dates and times: all except the one for text.</summary>
    internal IReadOnlyList<FormatSection> ValueSections { get; }

    /// <summary>Which of <see cref="ValueSections"/> applies to a number.</summary>
    /// <param name="value">The number; a date or time as days.</param>
    /// <param name="isSigned">Whether a minus sign precedes a negative number: a section for negative numbers brings its own.</param>
    /// <returns>Its index; -1 for a number that no section applies to.</returns>
    internal int SectionFor(decimal value, out bool isSigned)
    {
        var sections = ValueSections;
        isSigned = true;
        if (sections.Count == 0)
            return -1;

        if (sections.Count == 1 && sections[0].Condition is null)
            return 0;

        if (IsFirst(value))
        {
            isSigned = sections[0].Condition is not { IsNegativeOnly: true };
            return 0;
        }

        if (sections.Count > 1 && IsSecond(value))
        {
            isSigned = !_isSecondNegativeOnly;
            return 1;
        }

        return sections.Count > 2 ? 2 : -1;
    }

    private bool IsFirst(decimal value) =>
        ValueSections[0].Condition?.IsMetBy(value) ?? (ValueSections.Count > 2 ? value > 0 : value >= 0);

    private bool IsSecond(decimal value) =>
        ValueSections[1].Condition?.IsMetBy(value) ?? (ValueSections.Count == 2 || value < 0);

    private static bool TakesNegativesOnly(IReadOnlyList<FormatSection> sections)
    {
        if (sections.Count < 2)
            return false;

        if (sections[1].Condition is { } own)
            return own.IsNegativeOnly;

        return sections.Count > 2 || sections[0].Condition is null or { Comparison: ">" or ">=", Limit: <= 0 };
    }
}

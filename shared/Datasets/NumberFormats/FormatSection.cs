namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>One of the up to four sections of a number format, told apart and ready to be shown.</summary>
internal sealed record FormatSection
{
    /// <summary>What it shows.</summary>
    public required SectionKind Kind { get; init; }

    /// <summary>Its parts, without those that show nothing.</summary>
    public required IReadOnlyList<FormatPart> Parts { get; init; }

    /// <summary>The colour it asks for.</summary>
    public FormatColor? Color { get; init; }

    /// <summary>The numbers it is for, where it says so.</summary>
    public FormatCondition? Condition { get; init; }

    /// <summary>The locale that gives names of months and days, where it names one.</summary>
    public FormatLocale? Locale { get; init; }

    /// <summary>Whether digits before the point are grouped.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>How often the number is divided by a thousand.</summary>
    public int Thousands { get; init; }

    /// <summary>How often the number is multiplied by a hundred.</summary>
    public int Hundreds { get; init; }

    /// <summary>The section of an empty format's kind: the number with the digits it has.</summary>
    public static FormatSection General { get; } =
        new() { Kind = SectionKind.General, Parts = [new FormatPart(FormatPartKind.General, 0, "General")] };

    /// <summary>The parts of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public int CountOf(FormatPartKind kind) => Parts.Count(part => part.Kind == kind);
}

/// <summary>What a section shows.</summary>
internal enum SectionKind
{
    /// <summary>Texts alone, or nothing at all.</summary>
    Literal,

    /// <summary>A number with the digits it has.</summary>
    General,

    /// <summary>A number in digits.</summary>
    Number,

    /// <summary>A number with an exponent.</summary>
    Scientific,

    /// <summary>A number as a common fraction.</summary>
    Fraction,

    /// <summary>A date, a time, or both.</summary>
    Clock,

    /// <summary>A text.</summary>
    Text,
}

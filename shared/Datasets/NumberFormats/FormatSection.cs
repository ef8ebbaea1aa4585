namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>One of up to four sections of a number format, resolved and ready for rendering.</summary>
internal sealed record FormatSection
{
    /// <summary>What it shows.</summary>
    public required SectionKind Kind { get; init; }

    /// <summary>Its visible parts.</summary>
    public required IReadOnlyList<FormatPart> Parts { get; init; }

    /// <summary>The color it specifies.</summary>
    public FormatColor? Color { get; init; }

    /// <summary>The numbers it applies to, if it has a condition.</summary>
    public FormatCondition? Condition { get; init; }

    /// <summary>The locale for names of months and days, if it has one.</summary>
    public FormatLocale? Locale { get; init; }

    /// <summary>Whether digits before the point are grouped.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>How many times the number is divided by a thousand.</summary>
    public int Thousands { get; init; }

    /// <summary>How many times the number is multiplied by a hundred.</summary>
    public int Hundreds { get; init; }

    /// <summary>The section of the General format: the number with its own digits.</summary>
    public static FormatSection General { get; } =
        new() { Kind = SectionKind.General, Parts = [new FormatPart(FormatPartKind.General, 0, "General")] };

    /// <summary>The parts of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public int CountOf(FormatPartKind kind) => Parts.Count(part => part.Kind == kind);
}

/// <summary>What a section shows.</summary>
internal enum SectionKind
{
    /// <summary>Text only, or nothing at all.</summary>
    Literal,

    /// <summary>A number with its own digits.</summary>
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

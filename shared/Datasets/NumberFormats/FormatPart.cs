namespace ExportFunctions.Datasets.NumberFormats;

/// <summary>A part of a number format.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Position">Where it begins in the format, from 0.</param>
/// <param name="Text">The text it shows, or its text in the format.</param>
/// <param name="Count">How many letters or digits it has.</param>
internal readonly record struct FormatPart(FormatPartKind Kind, int Position, string Text, int Count = 1)
{
    /// <summary>True for parts that only occur in dates and times.</summary>
    public bool IsClock => Kind is >= FormatPartKind.Year and <= FormatPartKind.ElapsedSeconds;

    /// <summary>True for parts that only occur in dates.</summary>
    public bool IsCalendar => Kind is FormatPartKind.Year or FormatPartKind.BuddhistYear or FormatPartKind.Month or FormatPartKind.Day;

    /// <summary>True for elapsed time, which continues beyond a day, an hour or a minute.</summary>
    public bool IsElapsed => Kind is FormatPartKind.ElapsedHours or FormatPartKind.ElapsedMinutes or FormatPartKind.ElapsedSeconds;
}

namespace ExportFunctions.Datasets.Rows;

/// <summary>What happened to values that could not be read as they are.</summary>
public enum RowFlawKind
{
    /// <summary>Digits were lost when a number was rounded to its column's scale.</summary>
    Rounded,

    /// <summary>Digits of less than 100 nanoseconds were cut off a time.</summary>
    FractionTruncated,

    /// <summary>A number of too many digits became a text.</summary>
    NumberAsText,

    /// <summary>A value that can't be read as its column's type became an empty cell.</summary>
    UnreadableAsNull,

    /// <summary>A value that can't be read as its column's type became a text.</summary>
    UnreadableAsText,

    /// <summary>What was no text in UTF-8 was replaced.</summary>
    TextReplaced,
}

/// <summary>How often something could not be read as it is, in one column of a batch.</summary>
/// <param name="Column">The column's position.</param>
/// <param name="Kind">What happened.</param>
public sealed record RowFlaw(int Column, RowFlawKind Kind)
{
    /// <summary>The most keys that are kept.</summary>
    public const int MaxKeys = 3;

    /// <summary>The number of cells.</summary>
    public long Count { get; set; }

    /// <summary>The keys of the first records concerned, at most <see cref="MaxKeys"/>.</summary>
    public IList<string> FirstKeys { get; } = [];
}

namespace ExportFunctions.Datasets.Rows;

/// <summary>What happened to a value that could not be read unchanged.</summary>
public enum RowFlawKind
{
    /// <summary>Digits were lost when a number was rounded to its column's scale.</summary>
    Rounded,

    /// <summary>A time was truncated to 100 nanoseconds.</summary>
    FractionTruncated,

    /// <summary>A number with too many digits became a text.</summary>
    NumberAsText,

    /// <summary>A value that can't be read as its column's type became an empty cell.</summary>
    UnreadableAsNull,

    /// <summary>A value that can't be read as its column's type became a text.</summary>
    UnreadableAsText,

    /// <summary>Invalid UTF-8 was replaced.</summary>
    TextReplaced,
}

/// <summary>How many values of a column could not be read unchanged, in one batch.</summary>
/// <param name="Column">The column's position.</param>
/// <param name="Kind">What happened.</param>
public sealed record RowFlaw(int Column, RowFlawKind Kind)
{
    /// <summary>The maximum number of keys to keep.</summary>
    public const int MaxKeys = 3;

    /// <summary>The number of cells.</summary>
    public long Count { get; set; }

    /// <summary>The keys of the first affected records, at most <see cref="MaxKeys"/>.</summary>
    public IList<string> FirstKeys { get; } = [];
}

namespace ExportFunctions.Datasets;

/// <summary>One column of a dataset, as declared in the datasets file.</summary>
public sealed record DatasetColumn
{
    /// <summary>The name that requests use: letters, digits and underscores, at most 64 characters, unique in the dataset.</summary>
    public required string Name { get; init; }

    /// <summary>The heading that people read.</summary>
    public required string Title { get; init; }

    /// <summary>The declared type.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>The column's identifier in the table, view or query; quoted when used in SQL, never taken from a request.</summary>
    public required string SqlName { get; init; }

    /// <summary>
    /// Digits after the decimal point, 0 to 12, which values are rounded to half away from zero; for <see cref="ColumnType.Decimal"/> only.
    /// Null keeps each value's own digits.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>How the database holds the column's dates and times; null as such, or as text in ISO 8601.</summary>
    public StoredForm? Stored { get; init; }

    /// <summary>What becomes of a value that can't be read as the column's type.</summary>
    public UnreadableValue OnUnreadable { get; init; }

    /// <summary>What an empty text is in a column of another type than text.</summary>
    public EmptyText EmptyText { get; init; }

    /// <summary>Width in characters of the default font, 1 to 255; null lets the format choose.</summary>
    public double? Width { get; init; }

    /// <summary>
    /// Number format in spreadsheet notation (ECMA-376 part 1, 18.8.31), such as <c>yyyy-mm-dd</c> or <c>0.00</c>; null is the type's
    /// default.
    /// </summary>
    public string? NumberFormat { get; init; }

    /// <summary>What the column's texts are addresses of; null for ordinary text. For the types held as text only.</summary>
    public ColumnLink? Link { get; init; }

    /// <summary>True for the types held as text: <see cref="ColumnType.Text"/> and <see cref="ColumnType.Identifier"/>.</summary>
    public bool IsText => Type is ColumnType.Text or ColumnType.Identifier;
}

/// <summary>How a database holds dates and times that it has no type for.</summary>
public enum StoredForm
{
    /// <summary>Seconds since 1970-01-01T00:00:00Z, a fraction allowed.</summary>
    UnixSeconds,

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    UnixMilliseconds,

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    UnixMicroseconds,

    /// <summary>
    /// Days since noon of 24 November 4714 BC in UTC (https://sqlite.org/lang_datefunc.html), with a fraction: SQLite's <c>julianday</c>.
    /// </summary>
    JulianDay,

    /// <summary>Days as spreadsheets count them, with a fraction: 1 is 1900-01-01, and 61 is 1900-03-01.</summary>
    ExcelSerial,
}

/// <summary>What becomes of a value that can't be read as its column's type.</summary>
public enum UnreadableValue
{
    /// <summary>The export fails, and says which record and what to do.</summary>
    Fail,

    /// <summary>The cell is empty, which is counted.</summary>
    Null,

    /// <summary>The cell holds the value's text, which is counted.</summary>
    Text,
}

/// <summary>What an empty text is in a column of another type than text.</summary>
public enum EmptyText
{
    /// <summary>No value, as most programs that import text write it.</summary>
    Null,

    /// <summary>A value that can't be read.</summary>
    Unreadable,
}

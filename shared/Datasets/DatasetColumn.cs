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
    /// Digits after the decimal point, 0 to 12, that values are rounded to, half away from zero; for <see cref="ColumnType.Decimal"/> only.
    /// Null keeps each value's own digits.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>How the database stores the column's dates and times; null for native types, or text in ISO 8601.</summary>
    public StoredForm? Stored { get; init; }

    /// <summary>How to handle a value that can't be read as the column's type.</summary>
    public UnreadableValue OnUnreadable { get; init; }

    /// <summary>How to handle an empty text in a column of a type other than text.</summary>
    public EmptyText EmptyText { get; init; }

    /// <summary>Width in characters of the default font, 1 to 255; null lets the format choose.</summary>
    public double? Width { get; init; }

    /// <summary>
    /// Number format in spreadsheet notation (ECMA-376 part 1, 18.8.31), such as <c>yyyy-mm-dd</c> or <c>0.00</c>; null is the type's
    /// default.
    /// </summary>
    public string? NumberFormat { get; init; }

    /// <summary>The kind of address that the column's texts are; null for ordinary text. Only for types that are stored as text.</summary>
    public ColumnLink? Link { get; init; }

    /// <summary>True for the types stored as text: <see cref="ColumnType.Text"/> and <see cref="ColumnType.Identifier"/>.</summary>
    public bool IsText => Type is ColumnType.Text or ColumnType.Identifier;
}

/// <summary>How a database stores dates and times without a native type.</summary>
public enum StoredForm
{
    /// <summary>Seconds since 1970-01-01T00:00:00Z, with an optional fraction.</summary>
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

/// <summary>How to handle a value that can't be read as its column's type.</summary>
public enum UnreadableValue
{
    /// <summary>The export fails, and reports the record and the fix.</summary>
    Fail,

    /// <summary>The cell stays empty, and is counted.</summary>
    Null,

    /// <summary>The cell holds the value's text, and is counted.</summary>
    Text,
}

/// <summary>How to handle an empty text in a column of a type other than text.</summary>
public enum EmptyText
{
    /// <summary>As no value: most programs that import text store it so.</summary>
    Null,

    /// <summary>As a value that can't be read.</summary>
    Unreadable,
}

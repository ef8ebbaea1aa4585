namespace ExportFunctions.Formats;

/// <summary>
/// The <c>options</c> of a request. A null takes the format's default; an option of another format is refused before the request is
/// accepted.
/// </summary>
public sealed partial record WriterOptions
{
    /// <summary>The IANA name of the zone timestamps are shown in; null is UTC. All formats.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The BCP 47 name of the culture the file is for, such as <c>el-GR</c>. In CSV it gives the decimal sign, and the delimiter with it:
    /// a semicolon where the sign is a comma; both can be overruled, digits are never grouped, dates stay as they are. In PDF it gives
    /// the decimal and group signs, the names of months and days, and how dates and times without a format are written; null is the
    /// language's. CSV and PDF.
    /// </summary>
    public string? Culture { get; init; }

    /// <summary>The language of the page's own words: <c>Page 1 of 3</c>, <c>Yes</c>, the filter. PDF.</summary>
    public PageLanguage Language { get; init; } = PageLanguage.En;

    /// <summary>
    /// Whether rows and cells carry their references (<c>r="A1"</c>), without which many readers can't open the file. Excel.
    /// </summary>
    public bool CellReferences { get; init; } = true;

    /// <summary>Whether texts of columns declared as e-mail or web addresses carry hyperlinks. Excel.</summary>
    public bool Hyperlinks { get; init; }

    /// <summary>
    /// Whether rows stand in an Excel table (banded, filtered, named <c>Table1</c>) rather than in a plain range with a filter. Excel.
    /// </summary>
    public bool Table { get; init; }

    /// <summary>Whether the table runs from right to left, with the first column on the right. Excel, PDF.</summary>
    public bool RightToLeft { get; init; }
}

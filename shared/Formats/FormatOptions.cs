namespace ExportFunctions.Formats;

/// <summary>The <c>options</c> of a request. A null takes the format's default; an option of another format is refused before acceptance.</summary>
public sealed partial record FormatOptions
{
    /// <summary>The IANA name of the zone timestamps are shown in; null is UTC. All formats.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The BCP 47 name of the culture the file is for, such as <c>el-GR</c>. In CSV it gives the decimal sign, and the delimiter with it: a semicolon
    /// where the sign is a comma; both can be overruled, digits are never grouped, dates stay as they are. In PDF it gives the decimal and group
    /// signs, the names of months and days, and how dates and times without a format are written; null is the language's. CSV and PDF.
    /// </summary>
    public string? Culture { get; init; }

    /// <summary>The language of the page's own words: <c>Page 1 of 3</c>, <c>Yes</c>, the filter. PDF.</summary>
    public PageLanguage Language { get; init; } = PageLanguage.En;

    /// <summary>Whether rows and cells carry their references (<c>r="A1"</c>), without which many readers can't open the file. Excel.</summary>
    public bool CellReferences { get; init; } = true;

    /// <summary>Whether texts of columns declared as e-mail or web addresses carry hyperlinks. Excel.</summary>
    public bool Hyperlinks { get; init; }

    /// <summary>Whether rows stand in an Excel table (banded, filtered, named <c>Table1</c>) rather than in a plain range with a filter. Excel.</summary>
    public bool Table { get; init; }

    /// <summary>Whether the sheet runs from right to left, column A at the right. Excel.</summary>
    public bool RightToLeft { get; init; }

    /// <summary>The paper. PDF.</summary>
    public PageSize PageSize { get; init; } = PageSize.A4;

    /// <summary>How the paper lies; automatic takes landscape when the columns need the width. PDF.</summary>
    public PageOrientation Orientation { get; init; } = PageOrientation.Auto;

    /// <summary>What becomes of text wider than its column. PDF.</summary>
    public CellOverflow Overflow { get; init; } = CellOverflow.Ellipsis;

    /// <summary>Whether the file carries its logical structure for screen readers (PDF/UA-1), at about twice the size and at most 2,000,000 cells. PDF.</summary>
    public bool Tagged { get; init; }
}

/// <summary>Languages of a page's own words, by their ISO 639 codes.</summary>
public enum PageLanguage
{
    /// <summary>English.</summary>
    En,

    /// <summary>Greek.</summary>
    El,
}

/// <summary>Paper sizes.</summary>
public enum PageSize
{
    /// <summary>210 by 297 mm.</summary>
    A4,

    /// <summary>8.5 by 11 in.</summary>
    Letter,
}

/// <summary>How the paper lies.</summary>
public enum PageOrientation
{
    /// <summary>Landscape when the columns need the width, else portrait.</summary>
    Auto,

    /// <summary>The short side up.</summary>
    Portrait,

    /// <summary>The long side up.</summary>
    Landscape,
}

/// <summary>What becomes of text wider than its column.</summary>
public enum CellOverflow
{
    /// <summary>It ends in an ellipsis, and all rows are one line high.</summary>
    Ellipsis,

    /// <summary>It goes on in further lines.</summary>
    Wrap,
}

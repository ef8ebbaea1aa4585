namespace ExportFunctions.Formats;

/// <content>The options of PDF.</content>
public sealed partial record WriterOptions
{
    /// <summary>The paper. PDF.</summary>
    public PageSize PageSize { get; init; } = PageSize.A4;

    /// <summary>The paper's orientation; automatic uses landscape when the columns need the width. PDF.</summary>
    public PageOrientation Orientation { get; init; } = PageOrientation.Auto;

    /// <summary>How to treat text wider than its column. Identifiers, keys, numbers and dates are always shown whole. PDF.</summary>
    public CellOverflow Overflow { get; init; } = CellOverflow.Ellipsis;

    /// <summary>
    /// Whether the file includes its logical structure for screen readers (PDF/UA-1), at about twice the size and at most 2,000,000 cells.
    /// PDF.
    /// </summary>
    public bool Tagged { get; init; }

    /// <summary>
    /// The title on the first page, at the foot and in the document's properties, 1 to 200 characters; null is the dataset's. PDF.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>A line under the title, 1 to 200 characters. PDF.</summary>
    public string? Subtitle { get; init; }

    /// <summary>A text at the foot of every page, 1 to 200 characters. PDF.</summary>
    public string? Footer { get; init; }

    /// <summary>Whether the logo of the dataset, or else of the installation, is shown if there is one. PDF.</summary>
    public bool Logo { get; init; } = true;
}

/// <summary>The languages for a page's own words, by their ISO 639 codes.</summary>
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

/// <summary>The paper's orientation.</summary>
public enum PageOrientation
{
    /// <summary>Landscape when the columns need the width, otherwise portrait.</summary>
    Auto,

    /// <summary>The short side up.</summary>
    Portrait,

    /// <summary>The long side up.</summary>
    Landscape,
}

/// <summary>How to treat text wider than its column.</summary>
public enum CellOverflow
{
    /// <summary>It is truncated with an ellipsis, and all rows are one line high.</summary>
    Ellipsis,

    /// <summary>It wraps to further lines.</summary>
    Wrap,
}

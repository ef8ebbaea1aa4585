using ExportFunctions.Datasets;

namespace ExportFunctions.Formats;

/// <summary>The layout of a file: its columns, titles and options. The same for every format.</summary>
public sealed record FileLayout
{
    /// <summary>The row count when it is unknown.</summary>
    public const long UnknownRows = -1;

    /// <summary>The title: the request's, or else the dataset's.</summary>
    public required string Title { get; init; }

    /// <summary>The columns, in output order.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>
    /// The number of rows the source has counted, for page totals and sheet dimensions. <see cref="UnknownRows"/> in a slice of a file.
    /// </summary>
    public required long RowsExpected { get; init; }

    /// <summary>
    /// When the export was requested; shown in the file and in its properties. The same rows and instant give identical files.
    /// </summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The zone timestamps are shown in. Dates have none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The filter in words, for display; null when there is none.</summary>
    public string? FilterInWords { get; init; }

    /// <summary>The requested order; empty when there is none.</summary>
    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    /// <summary>The names of the columns that identify a record.</summary>
    public IReadOnlyList<string> KeyColumns { get; init; } = [];

    /// <summary>The full path of the dataset's logo, a PNG file; null when it has none of its own.</summary>
    public string? LogoFile { get; init; }

    /// <summary>The options of the request, with defaults applied.</summary>
    public WriterOptions Options { get; init; } = new();

    /// <summary>A column's heading: its title, plus the zone for instants, since they are shown in it.</summary>
    /// <param name="column">The column.</param>
    public string HeadingOf(DatasetColumn column) => column.Type == ColumnType.Timestamp ? $"{column.Title} ({TimeZone.Id})" : column.Title;
}

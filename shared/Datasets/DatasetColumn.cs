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

    /// <summary>Digits after the decimal point, 0 to 12; for <see cref="ColumnType.Decimal"/> only.</summary>
    public int Scale { get; init; }

    /// <summary>Width in characters of the default font, 1 to 255; null lets the format choose.</summary>
    public double? Width { get; init; }

    /// <summary>Number format in spreadsheet notation (ECMA-376 part 1, 18.8.31), such as <c>yyyy-mm-dd</c> or <c>0.00</c>; null is the type's default.</summary>
    public string? NumberFormat { get; init; }

    /// <summary>True for the types held as text: <see cref="ColumnType.Text"/> and <see cref="ColumnType.Identifier"/>.</summary>
    public bool IsText => Type is ColumnType.Text or ColumnType.Identifier;
}

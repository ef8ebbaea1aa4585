using ExportFunctions.Datasets;

namespace ExportFunctions.Local.Seeding;

/// <summary>A column of a sample table; each target has its own SQL type for it.</summary>
/// <param name="Name">The SQL name, safe to use without quotes.</param>
/// <param name="Type">The type, as the datasets file declares it.</param>
internal sealed record SchoolColumn(string Name, ColumnType Type)
{
    /// <summary>Digits after the decimal point, at most 4; for decimals only.</summary>
    public int Scale { get; init; }

    /// <summary>Whether values may be missing.</summary>
    public bool IsNullable { get; init; }
}

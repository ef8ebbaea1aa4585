using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>How the values of a column are made.</summary>
/// <param name="Type">The column's type.</param>
/// <param name="Make">Makes the value of a row.</param>
internal sealed record ColumnValues(ColumnType Type, Func<Random, int, object?> Make)
{
    /// <summary>Digits after the point of a decimal; null for each value's own.</summary>
    public int? Scale { get; init; }

    /// <summary>The same with nulls among them.</summary>
    public ColumnValues Optional() => this with { Make = (random, row) => random.Next(3) == 0 ? null : Make(random, row) };
}

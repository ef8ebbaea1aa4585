using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>A table of one of the public databases, with made-up rows of the same kinds of values.</summary>
/// <param name="Database">The database.</param>
/// <param name="Name">The table, which is also the sheet.</param>
/// <param name="Columns">Its columns; the first is the key.</param>
/// <param name="Rows">Its rows, ordered by the key.</param>
internal sealed record PublicTable(string Database, string Name, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>The dataset over the table in a source called <c>school</c>.</summary>
    public Dataset ToDataset() =>
        new() { Name = Name, Title = Name, Source = "school", Table = [Name], Key = [Columns[0]], Columns = Columns };
}

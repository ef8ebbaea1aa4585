using ExportFunctions.Datasets;

namespace ExportFunctions.Functions.Datasets;

/// <summary>A dataset as the API shows it: what can be requested, without where the data comes from.</summary>
internal sealed record DatasetResponse(string Name, string Title, IReadOnlyList<string> Key, IReadOnlyList<DatasetColumnResponse> Columns)
{
    public static DatasetResponse Of(Dataset dataset) => new(
        dataset.Name, dataset.Title, [.. dataset.Key.Select(column => column.Name)], [.. dataset.Columns.Select(DatasetColumnResponse.Of)]);
}

/// <summary>A column of a dataset.</summary>
internal sealed record DatasetColumnResponse(string Name, string Title, string Type, int? Scale, IReadOnlyList<string> Operators)
{
    public static DatasetColumnResponse Of(DatasetColumn column) => new(
        column.Name,
        column.Title,
        ColumnTypeNames.NameOf(column.Type),
        column.Scale,
        [.. ExportFunctions.Datasets.Filters.FilterOperators.For(column.Type)]);
}

using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>What to say about a column that a dataset does not have, or that is not of the kind it is named for.</summary>
internal static class UnknownColumn
{
    private const int MaxListed = 50;

    /// <summary>A sentence about what must be the name of a column.</summary>
    /// <param name="dataset">The dataset; null when it isn't known.</param>
    public static string Expected(Dataset? dataset) => $"Must be the name of a column, such as \"{dataset?.Columns[0].Name ?? "id"}\".";

    /// <summary>A sentence about a column that must hold text, and doesn't.</summary>
    /// <param name="column">The column.</param>
    public static string NoText(DatasetColumn column) =>
        $"Is only for columns of type text and identifier; \"{column.Name}\" is of type {ColumnTypeNames.NameOf(column.Type)}.";

    /// <summary>A sentence with the nearest name and the names there are, the first 50 of them.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="dataset">The dataset.</param>
    public static string Message(string name, Dataset dataset)
    {
        var names = dataset.Columns.Select(column => column.Name);
        var more = dataset.Columns.Count > MaxListed ? ", …" : "";
        return $"Unknown column \"{NearestName.Shown(name)}\"{NearestName.Suggest(name, names)} "
            + $"The columns of {dataset.Name} are {string.Join(", ", names.Take(MaxListed))}{more}.";
    }
}

using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>Messages about a column that a dataset does not have, or that has the wrong type for its use.</summary>
internal static class UnknownColumn
{
    private const int MaxListed = 50;

    /// <summary>The message for a value that must be a column name.</summary>
    /// <param name="dataset">The dataset; null when unknown.</param>
    public static string Expected(Dataset? dataset) => $"Must be the name of a column, such as \"{dataset?.Columns[0].Name ?? "id"}\".";

    /// <summary>The message for a column that must be a text column, but isn't.</summary>
    /// <param name="column">The column.</param>
    public static string NoText(DatasetColumn column) =>
        $"Is only for columns of type text and identifier; \"{column.Name}\" is of type {ColumnTypeNames.NameOf(column.Type)}.";

    /// <summary>The message with the nearest name and the first 50 valid names.</summary>
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

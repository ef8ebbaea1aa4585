using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>What to say about a column that a dataset does not have, or that is not of the kind it is named for.</summary>
internal static class UnknownColumn
{
    /// <summary>A sentence about a column that must hold text, and doesn't.</summary>
    /// <param name="column">The column.</param>
    public static string NoText(DatasetColumn column) =>
        $"is only for columns of type text and identifier; \"{column.Name}\" is of type {ColumnTypeNames.NameOf(column.Type)}.";

    private const int MaxListed = 50;
    private const int MaxShownLength = 64;

    /// <summary>A sentence with the nearest name and the names there are, the first 50 of them.</summary>
    /// <param name="name">The name as it was written.</param>
    /// <param name="dataset">The dataset.</param>
    public static string Message(string name, Dataset dataset)
    {
        var shown = name.Length <= MaxShownLength ? name : $"{name.AsSpan(0, MaxShownLength)}…";
        var names = dataset.Columns.Select(column => column.Name);
        var more = dataset.Columns.Count > MaxListed ? ", …" : "";
        return $"\"{shown}\" is not a column of {dataset.Name}{NearestName.Suggest(name, names)} It has {string.Join(", ", names.Take(MaxListed))}{more}.";
    }
}

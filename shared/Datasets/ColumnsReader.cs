using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>Reads a list of column names.</summary>
internal static class ColumnsReader
{
    private static readonly string Expected =
        FieldMessages.List("one or more names of columns", "[\"id\"]") + " Leave it out for all of them.";

    /// <summary>Reads the columns in the order given; null when they are missing or invalid.</summary>
    /// <param name="fields">The request.</param>
    /// <param name="field">The list's field name.</param>
    /// <param name="dataset">The dataset whose columns are valid; null when unknown: then everything else is checked.</param>
    public static IReadOnlyList<DatasetColumn>? Read(JsonFields fields, string field, Dataset? dataset)
    {
        if (fields.Items(field, minItems: 1, Expected) is not { } items)
            return null;

        var columns = new List<DatasetColumn>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, item) in items)
        {
            if (JsonFields.TextOf(item) is not { } name)
                fields.Errors.Add(path, UnknownColumn.Expected(dataset));
            else if (dataset is not null && dataset.FindColumn(name) is null)
                fields.Errors.Add(path, UnknownColumn.Message(name, dataset));
            else if (!seen.Add(name))
                fields.Errors.Add(path, FieldMessages.Twice(name));
            else if (dataset?.FindColumn(name) is { } column)
                columns.Add(column);
        }

        return columns.Count == items.Count ? columns : null;
    }
}

using System.Globalization;
using System.Text.Json;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>Reads a list of column names.</summary>
internal static class ColumnsReader
{
    /// <summary>Reads the columns in the order given; null when something is wrong.</summary>
    /// <param name="element">The JSON list.</param>
    /// <param name="path">Its path in the request.</param>
    /// <param name="dataset">The dataset whose columns may be named; null when it isn't known: then everything else is checked.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static IReadOnlyList<DatasetColumn>? Read(JsonElement element, string path, Dataset? dataset, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            errors.Add(path, "must be a list of one or more names of columns; leave it out for all of them.");
            return null;
        }

        var columns = new List<DatasetColumn>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var item in element.EnumerateArray())
        {
            var itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{position++}]");
            if (!FilterValues.TryGetText(item, out var name))
                errors.Add(itemPath, "must be the name of a column, in quotes.");
            else if (dataset is not null && dataset.FindColumn(name) is null)
                errors.Add(itemPath, UnknownColumn.Message(name, dataset));
            else if (!seen.Add(name))
                errors.Add(itemPath, $"\"{NearestName.Shown(name)}\" is in the list already.");
            else if (dataset?.FindColumn(name) is { } column)
                columns.Add(column);
        }

        return columns.Count == position ? columns : null;
    }
}

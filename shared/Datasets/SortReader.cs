using System.Globalization;
using System.Text.Json;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>
/// Reads an order: a list of <c>"name"</c>, <c>"-name"</c> (descending) or <c>{"column", "direction": "asc" | "desc", "collation":
/// "el"}</c>.
/// </summary>
internal static class SortReader
{
    private static readonly string[] Known = ["column", "direction", "collation"];

    /// <summary>Reads the sort keys in the order given; null when something is wrong. An empty list is the key's order.</summary>
    /// <param name="element">The JSON list.</param>
    /// <param name="path">Its path in the request.</param>
    /// <param name="dataset">The dataset whose columns may be named; null when it isn't known: then everything else is checked.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static IReadOnlyList<SortKey>? Read(JsonElement element, string path, Dataset? dataset, FieldErrors errors)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "must be a list such as [\"lastName\", \"-enrolledOn\"].");
            return null;
        }

        var keys = new List<SortKey>();
        var position = 0;
        foreach (var item in element.EnumerateArray())
        {
            var itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{position++}]");
            if (ReadKey(item, itemPath, dataset, errors) is not { } key)
                continue;

            if (keys.Exists(other => other.Column == key.Column))
                errors.Add(itemPath, $"\"{key.Column.Name}\" is in the order already.");
            else
                keys.Add(key);
        }

        return keys.Count == position ? keys : null;
    }

    private static SortKey? ReadKey(JsonElement item, string path, Dataset? dataset, FieldErrors errors)
    {
        if (item.ValueKind == JsonValueKind.Object)
            return ReadObject(item, path, dataset, errors);

        if (!FilterValues.TryGetText(item, out var text))
        {
            errors.Add(path, "must be the name of a column, \"-name\" for descending, or {\"column\", \"direction\", \"collation\"}.");
            return null;
        }

        var descending = text.StartsWith('-');
        return Find(descending ? text[1..] : text, path, dataset, errors) is { } column
            ? new SortKey(column, descending ? SortDirection.Descending : SortDirection.Ascending)
            : null;
    }

    private static SortKey? ReadObject(JsonElement item, string path, Dataset? dataset, FieldErrors errors)
    {
        DatasetColumn? column = null;
        SortDirection? direction = SortDirection.Ascending;
        string? collation = null;
        if (!item.TryGetProperty("column", out var named) || !FilterValues.TryGetText(named, out var name))
            errors.Add($"{path}.column", "must be the name of a column, in quotes.");
        else
            column = Find(name, $"{path}.column", dataset, errors);

        var fine = true;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in item.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                fine = Fail($"{path}.{NearestName.Shown(property.Name)}", "is given twice.", errors);
            else if (property.Name is "direction")
                direction = ReadDirection(property.Value, path, errors);
            else if (property.Name is "collation")
                collation = ReadCollation(property.Value, column, $"{path}.collation", errors);
            else if (property.Name is not "column")
                fine = Fail(path, $"has an unknown property{NearestName.Suggest(property.Name, Known)} Known are {string.Join(", ", Known)}.", errors);
        }

        var isCollated = item.TryGetProperty("collation", out _);
        return !fine || column is null || direction is null || (isCollated && collation is null)
            ? null
            : new SortKey(column, direction.Value) { Collation = collation };
    }

    private static string? ReadCollation(JsonElement value, DatasetColumn? column, string path, FieldErrors errors)
    {
        if (!FilterValues.TryGetText(value, out var name))
            errors.Add(path, "must be the name of a language, in quotes, such as \"el\".");
        else if (column is { IsText: false })
            errors.Add(path, UnknownColumn.NoText(column));
        else if (SortLanguages.Find(name) is { } language)
            return language;
        else
            errors.Add(path, SortLanguages.UnknownMessage(name));

        return null;
    }

    private static SortDirection? ReadDirection(JsonElement value, string path, FieldErrors errors)
    {
        if (FilterValues.TryGetText(value, out var text) && text is "asc" or "desc")
            return text is "asc" ? SortDirection.Ascending : SortDirection.Descending;

        errors.Add($"{path}.direction", "must be \"asc\" or \"desc\".");
        return null;
    }

    private static bool Fail(string path, string message, FieldErrors errors)
    {
        errors.Add(path, message);
        return false;
    }

    private static DatasetColumn? Find(string name, string path, Dataset? dataset, FieldErrors errors)
    {
        var column = dataset?.FindColumn(name);
        if (column is null && dataset is not null)
            errors.Add(path, UnknownColumn.Message(name, dataset));

        return column;
    }
}

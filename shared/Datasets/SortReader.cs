using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>
/// Reads an order: a list of <c>"name"</c>, <c>"-name"</c> (descending) or <c>{"column", "direction": "asc" | "desc", "collation":
/// "el"}</c>.
/// </summary>
internal static class SortReader
{
    private static readonly string[] Directions = ["asc", "desc"];

    private static readonly JsonShape Shape =
        new(["column", "direction", "collation"], "{\"column\": \"lastName\", \"direction\": \"desc\"}") { NullIsValue = true };

    private static readonly string Expected = FieldMessages.List("columns", "[\"lastName\", \"-enrolledOn\"]");

    /// <summary>Reads the sort keys in the order given; null when they are missing or invalid. An empty list means key order.</summary>
    /// <param name="fields">The request.</param>
    /// <param name="field">The list's field name.</param>
    /// <param name="dataset">The dataset whose columns are valid; null when unknown: then everything else is checked.</param>
    public static IReadOnlyList<SortKey>? Read(JsonFields fields, string field, Dataset? dataset)
    {
        if (fields.Items(field, minItems: 0, Expected) is not { } items)
            return null;

        var keys = new List<SortKey>();
        foreach (var (path, item) in items)
        {
            if (ReadKey(item, path, dataset, fields.Errors) is not { } key)
                continue;

            if (keys.Exists(other => other.Column == key.Column))
                fields.Errors.Add(path, FieldMessages.Twice(key.Column.Name));
            else
                keys.Add(key);
        }

        return keys.Count == items.Count ? keys : null;
    }

    private static SortKey? ReadKey(JsonElement item, string path, Dataset? dataset, FieldErrors errors)
    {
        if (item.ValueKind == JsonValueKind.Object)
            return ReadObject(JsonFields.Open(item, Shape, errors, path)!, dataset);

        if (JsonFields.TextOf(item) is not { } text)
        {
            errors.Add(path, $"Must be the name of a column, such as \"lastName\", \"-lastName\" for descending, or {Shape.Example}.");
            return null;
        }

        var descending = text.StartsWith('-');
        return Find(descending ? text[1..] : text, path, dataset, errors) is { } column
            ? new SortKey(column, descending ? SortDirection.Descending : SortDirection.Ascending)
            : null;
    }

    private static SortKey? ReadObject(JsonFields fields, Dataset? dataset)
    {
        var column = ReadColumn(fields, dataset);
        var direction = fields.OneOf("direction", Directions);
        var collation = ReadCollation(fields, column);
        return fields.IsFine && column is not null
            ? new SortKey(column, direction is "desc" ? SortDirection.Descending : SortDirection.Ascending) { Collation = collation }
            : null;
    }

    private static DatasetColumn? ReadColumn(JsonFields fields, Dataset? dataset)
    {
        var expected = UnknownColumn.Expected(dataset);
        if (fields.Required("column", expected) is not { } value)
            return null;
        if (JsonFields.TextOf(value) is { } name)
            return Find(name, fields.PathOf("column"), dataset, fields.Errors);

        fields.Fail("column", expected);
        return null;
    }

    private static string? ReadCollation(JsonFields fields, DatasetColumn? column)
    {
        if (fields.Given("collation") is not { } value)
            return null;

        if (JsonFields.TextOf(value) is not { } name)
            fields.Fail("collation", SortLanguages.Expected);
        else if (column is { IsText: false })
            fields.Fail("collation", UnknownColumn.NoText(column));
        else if (SortLanguages.Find(name) is { } language)
            return language;
        else
            fields.Fail("collation", SortLanguages.UnknownMessage(name));

        return null;
    }

    private static DatasetColumn? Find(string name, string path, Dataset? dataset, FieldErrors errors)
    {
        var column = dataset?.FindColumn(name);
        if (column is null && dataset is not null)
            errors.Add(path, UnknownColumn.Message(name, dataset));

        return column;
    }
}

using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>Reads one dataset of the datasets file.</summary>
internal static class DatasetDefinition
{
    private const int MaxColumns = 16_384;
    private const int MaxTableParts = 3;

    /// <summary>Reads a dataset; null when it has errors.</summary>
    /// <param name="element">The definition.</param>
    /// <param name="position">Its position in the file, for datasets without a name.</param>
    /// <param name="sources">The names of the file's sources.</param>
    /// <param name="folder">The datasets file's folder, which a relative logo path is based on.</param>
    /// <param name="faults">Receives the errors.</param>
    public static Dataset? Read(JsonElement element, int position, IReadOnlyCollection<string> sources, string folder, List<string> faults)
    {
        var definition = DefinitionObject.From(element, $"datasets[{position}]", faults);
        if (definition is null)
            return null;

        var faultsBefore = faults.Count;
        var name = DefinitionNames.Name(definition);
        if (name is not null)
            definition.Place = $"dataset '{name}'";

        definition.Allow("name", "title", "source", "table", "query", "key", "columns", "logo", "onUnreadable", "emptyText");
        var title = DefinitionNames.Title(definition, name);
        var source = ReadSource(definition, sources);
        var (table, query) = ReadOrigin(definition);
        var columns = ReadColumns(definition, UnreadableDefaults.Read(definition, UnreadableDefaults.None), faults);
        var key = ReadKey(definition, columns);
        var logo = definition.OptionalText("logo") is { } path ? Path.GetFullPath(path, folder) : null;
        if (faults.Count > faultsBefore)
            return null;

        return new Dataset
        {
            Name = name!,
            Title = title!,
            Source = source!,
            Table = table,
            Query = query,
            Key = key,
            Columns = columns,
            Logo = logo,
        };
    }

    private static string? ReadSource(DefinitionObject definition, IReadOnlyCollection<string> sources)
    {
        var source = definition.RequiredText("source", "the name of a source");
        if (source is null || sources.Contains(source, StringComparer.Ordinal))
            return source;

        var known = sources.Count == 0 ? "The file has none." : $"The file has {string.Join(", ", sources)}.";
        definition.Fault("source", $"\"{source}\" is not a source of this file{NearestName.Suggest(source, sources)} {known}");
        return null;
    }

    private static (string[]? Table, string? Query) ReadOrigin(DefinitionObject definition)
    {
        if (definition.Has("table") == definition.Has("query"))
        {
            definition.Fault(
                "",
                definition.Has("table") ? "has both table and query; keep one of them." : "has neither table nor query; give one of them.");
            return (null, null);
        }

        if (definition.OptionalText("query") is { } query)
            return (null, query);

        var parts = definition.OptionalText("table")?.Split('.', StringSplitOptions.TrimEntries);
        if (parts is not null && (parts.Length > MaxTableParts || parts.Contains("", StringComparer.Ordinal)))
            definition.Fault("table", "must be a table or view, with its schema when needed: students or school.students");

        return (parts, null);
    }

    private static List<DatasetColumn> ReadColumns(DefinitionObject definition, UnreadableDefaults defaults, List<string> faults)
    {
        var columns = new List<DatasetColumn>();
        if (definition.Required("columns", JsonValueKind.Array, "a list of columns") is not { } list)
            return columns;

        if (list.GetArrayLength() is 0 or > MaxColumns)
        {
            definition.Fault("columns", $"must have 1 to {MaxColumns} columns.");
            return columns;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var element in list.EnumerateArray())
        {
            var column = ColumnDefinition.Read(element, defaults, $"{definition.Place}, columns[{position++}]", faults);
            if (column is null)
                continue;

            if (names.Add(column.Name))
                columns.Add(column);
            else
                definition.Fault($"columns[{position - 1}].name", $"\"{column.Name}\" is used twice; names are unique in a dataset.");
        }

        return columns;
    }

    private static List<DatasetColumn> ReadKey(DefinitionObject definition, List<DatasetColumn> columns)
    {
        var key = new List<DatasetColumn>();
        if (definition.Required(
            "key", JsonValueKind.Array, "a list of the columns that identify a record, such as [\"id\"]") is not { } list)
            return key;

        if (list.GetArrayLength() == 0)
            definition.Fault("key", "must name at least one column; every order ends in the key, so that pages never overlap.");

        foreach (var element in list.EnumerateArray())
        {
            var name = element.ValueKind == JsonValueKind.String ? element.GetString()! : null;
            var column = columns.Find(column => string.Equals(column.Name, name, StringComparison.Ordinal));
            if (name is null)
                definition.Fault("key", "must hold names of columns.");
            else if (column is null)
                definition.Fault(
                    "key", $"\"{name}\" is not a declared column{NearestName.Suggest(name, columns.Select(known => known.Name))}");
            else if (key.Contains(column))
                definition.Fault("key", $"names \"{name}\" twice.");
            else
                key.Add(column);
        }

        return key;
    }
}

using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Reads one comparison, <c>{"column", "op", "value"}</c>, and checks operator and values against the column's type.</summary>
/// <param name="dataset">The dataset whose columns may be named; null when it isn't known.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class ComparisonReader(Dataset? dataset, FieldErrors errors)
{
    /// <summary>The most values of <c>in</c>.</summary>
    public const int MaxValues = 50_000;

    /// <summary>The most values of all the lists of a filter.</summary>
    public const int MaxFilterValues = 100_000;

    // More faults of one list would not be shown.
    private const int MaxFaults = 100;

    private static readonly string[] Known = ["column", "op", "value", "values", "ignoreCase"];

    private int _valueCount;

    /// <summary>Reads a comparison; null when something is wrong.</summary>
    /// <param name="element">The JSON object.</param>
    /// <param name="names">The object's property names.</param>
    /// <param name="path">The object's path in the request.</param>
    public Filter? Read(JsonElement element, IReadOnlyList<string> names, string path)
    {
        var namesAreFine = CheckNames(names, path);
        var column = ReadColumn(element, path);
        var filterOperator = ReadOperator(element, column, path);
        var ignoresCase = ReadIgnoreCase(element, column, filterOperator, path);
        if (filterOperator is null)
            return null;

        if (column is null)
        {
            ComparisonShape.Check(element, filterOperator.Value, path, errors);
            return null;
        }

        var comparison = filterOperator switch
        {
            FilterOperator.IsNull => ReadIsNull(element, column, path),
            FilterOperator.In => WithCase(ReadIn(element, column, path), ignoresCase ?? false),
            FilterOperator.Between => ReadBetween(element, column, path),
            _ => WithCase(ReadSingle(element, column, filterOperator.Value, path), ignoresCase ?? false),
        };
        return namesAreFine && ignoresCase is not null ? comparison : null;
    }

    private static Comparison? WithCase(Comparison? comparison, bool ignoresCase) =>
        comparison is null ? null : comparison with { IgnoresCase = ignoresCase };

    private bool? ReadIgnoreCase(JsonElement element, DatasetColumn? column, FilterOperator? filterOperator, string path)
    {
        if (!element.TryGetProperty("ignoreCase", out var value))
            return false;

        var field = $"{path}.ignoreCase";
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fail(field, "must be true or false, without quotes.");
        else if (value.ValueKind == JsonValueKind.False)
            return false;
        else if (column is { IsText: false })
            Fail(field, UnknownColumn.NoText(column));
        else if (filterOperator is { } known && !FilterOperators.CanIgnoreCase(known))
            Fail(field, $"is only for the operators {string.Join(", ", FilterOperators.WithoutCase)}.");
        else
            return true;

        return null;
    }

    private bool CheckNames(IReadOnlyList<string> names, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var fine = true;
        foreach (var name in names)
        {
            if (!Known.Contains(name, StringComparer.Ordinal))
                fine = Fail($"{path}.{Shown(name)}", $"is not known here{NearestName.Suggest(name, [.. Known, "and", "or", "not"])} A comparison has column, op and value.");
            else if (!seen.Add(name))
                fine = Fail($"{path}.{name}", "is given twice.");
        }

        return fine;
    }

    private DatasetColumn? ReadColumn(JsonElement element, string path)
    {
        if (!TryGetText(element, "column", out var name))
        {
            Fail($"{path}.column", "must be the name of a column, in quotes.");
            return null;
        }

        var column = dataset?.FindColumn(name);
        if (column is null && dataset is not null)
            Fail($"{path}.column", UnknownColumn.Message(name, dataset));

        return column;
    }

    private FilterOperator? ReadOperator(JsonElement element, DatasetColumn? column, string path)
    {
        var type = column?.Type;
        var expected = string.Join(", ", type is null ? FilterOperators.All : FilterOperators.For(type.Value));
        if (!TryGetText(element, "op", out var name))
        {
            Fail($"{path}.op", $"must be one of {expected}.");
            return null;
        }

        var filterOperator = FilterOperators.Find(name);
        if (filterOperator is null)
            Fail($"{path}.op", $"\"{Shown(name)}\" is not an operator{NearestName.Suggest(name, FilterOperators.All)} Known are {expected}.");
        else if (type is null || FilterOperators.Allows(type.Value, filterOperator.Value))
            return filterOperator;
        else
            Fail($"{path}.op", $"\"{name}\" is not for columns of type {ColumnTypeNames.NameOf(type.Value)}; use one of {expected}.");

        return null;
    }

    private Filter? ReadIsNull(JsonElement element, DatasetColumn column, string path)
    {
        var comparison = new Comparison(column, FilterOperator.IsNull, []);
        if (element.TryGetProperty("values", out _))
            return FailAsNull($"{path}.values", "is only for the operator in.");

        if (!element.TryGetProperty("value", out var value))
            return comparison;

        return value.ValueKind switch
        {
            JsonValueKind.True => comparison,
            JsonValueKind.False => new Not(comparison),
            _ => FailAsNull($"{path}.value", "must be left out, or be true (empty) or false (not empty)."),
        };
    }

    private Comparison? ReadIn(JsonElement element, DatasetColumn column, string path)
    {
        var hasValue = element.TryGetProperty("value", out var list);
        if (hasValue && element.TryGetProperty("values", out _))
            return FailAsNull($"{path}.values", "stands beside value; give one of them.");

        var listPath = hasValue ? $"{path}.value" : $"{path}.values";
        if (!hasValue && !element.TryGetProperty("values", out list))
            return FailAsNull($"{path}.value", "must be a list of values.");

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxValues)
            return FailAsNull(listPath, "must be a list of 1 to 50,000 values.");

        _valueCount += list.GetArrayLength();
        if (_valueCount > MaxFilterValues)
            return FailAsNull(listPath, "takes the lists of the filter beyond 100,000 values together.");

        return ReadValues(list, column, listPath) is { } values ? new Comparison(column, FilterOperator.In, values) : null;
    }

    private Comparison? ReadBetween(JsonElement element, DatasetColumn column, string path)
    {
        if (Single(element, path) is not { } list)
            return null;

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != 2)
            return FailAsNull($"{path}.value", "must be a list of two values, the smaller first.");

        if (ReadValues(list, column, $"{path}.value") is not { } values)
            return null;

        return FilterValues.Compare(values[0], values[1]) <= 0
            ? new Comparison(column, FilterOperator.Between, values)
            : FailAsNull($"{path}.value", "must have the smaller value first; as it is, nothing would match.");
    }

    private Comparison? ReadSingle(JsonElement element, DatasetColumn column, FilterOperator filterOperator, string path)
    {
        if (Single(element, path) is not { } value || ReadValue(value, column, $"{path}.value") is not { } read)
            return null;

        if (read is "" && filterOperator is FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith)
            return FailAsNull($"{path}.value", "must not be empty; every text would match.");

        return new Comparison(column, filterOperator, [read]);
    }

    private JsonElement? Single(JsonElement element, string path)
    {
        if (element.TryGetProperty("values", out _))
            Fail($"{path}.values", "is only for the operator in; use value.");
        else if (!element.TryGetProperty("value", out var value))
            Fail($"{path}.value", "is missing.");
        else
            return value;

        return null;
    }

    private List<object>? ReadValues(JsonElement list, DatasetColumn column, string path)
    {
        var values = new List<object>(list.GetArrayLength());
        var (position, faults) = (0, 0);
        foreach (var item in list.EnumerateArray())
        {
            if (FilterValues.Read(item, column.Type, out var fault) is { } value)
                values.Add(value);
            else if (++faults <= MaxFaults)
                FailValue(string.Create(CultureInfo.InvariantCulture, $"{path}[{position}]"), fault, column);
            else
                break;
            position++;
        }

        return faults == 0 ? values : null;
    }

    private object? ReadValue(JsonElement element, DatasetColumn column, string path)
    {
        var value = FilterValues.Read(element, column.Type, out var fault);
        if (value is null)
            FailValue(path, fault, column);

        return value;
    }

    private void FailValue(string path, string fault, DatasetColumn column) =>
        Fail(path, $"{fault} The column \"{column.Name}\" is of type {ColumnTypeNames.NameOf(column.Type)}.");

    private static bool TryGetText(JsonElement element, string property, out string text)
    {
        text = "";
        return element.TryGetProperty(property, out var value) && FilterValues.TryGetText(value, out text);
    }

    // A name of any length comes back in the problem; enough of it to recognise will do.
    private static string Shown(string name) => name.Length <= 64 ? name : $"{name.AsSpan(0, 64)}…";

    private Comparison? FailAsNull(string path, string message)
    {
        Fail(path, message);
        return null;
    }

    private bool Fail(string path, string message)
    {
        errors.Add(path, message);
        return false;
    }
}

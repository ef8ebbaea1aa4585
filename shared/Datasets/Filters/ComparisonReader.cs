using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Reads one comparison, <c>{"column", "op", "value"}</c>, and checks operator and values against the column's type.</summary>
/// <param name="dataset">The dataset whose columns are valid; null when unknown.</param>
internal sealed class ComparisonReader(Dataset? dataset)
{
    /// <summary>The maximum number of values of <c>in</c>.</summary>
    public const int MaxValues = 50_000;

    /// <summary>The maximum number of values in all lists of a filter.</summary>
    public const int MaxFilterValues = 100_000;

    /// <summary>What the value of <c>isNull</c> must be.</summary>
    public const string ExpectedOfIsNull = "Must be left out, or be true (empty) or false (not empty), such as true.";

    // Further errors of one list would not be shown.
    private const int MaxFaults = 100;

    private int _valueCount;

    /// <summary>The field names of a comparison.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["column", "op", "value", "values", "ignoreCase"];

    /// <summary>What the values of <c>in</c> must be.</summary>
    public static string ExpectedList { get; } = FieldMessages.List("1 to 50,000 values", "[1, 2]");

    /// <summary>What the value of <c>between</c> must be.</summary>
    public static string ExpectedPair { get; } = FieldMessages.List("two values, the smaller first", "[1, 2]");

    /// <summary>The message for <c>values</c> with an operator other than <c>in</c>.</summary>
    public static string ValuesAreForIn(FilterOperator filterOperator) =>
        filterOperator == FilterOperator.IsNull ? "Is only for the operator in." : "Is only for the operator in; use value.";

    /// <summary>The field with the list for <c>in</c>; null, with an error, when neither or both have it.</summary>
    public static string? FindList(JsonFields fields)
    {
        if (fields.Given("values") is null)
            return fields.Required("value", ExpectedList) is null ? null : "value";
        if (fields.Given("value") is null)
            return "values";

        fields.Fail("values", "Stands beside value. Give one of them.");
        return null;
    }

    /// <summary>Reads a comparison; null when it has errors.</summary>
    /// <param name="fields">The comparison.</param>
    public Filter? Read(JsonFields fields)
    {
        var column = ReadColumn(fields);
        var filterOperator = ReadOperator(fields, column);
        var ignoresCase = ReadIgnoreCase(fields, column, filterOperator);
        if (filterOperator is null)
            return null;

        if (column is null)
        {
            ComparisonShape.Check(fields, filterOperator.Value);
            return null;
        }

        var comparison = filterOperator switch
        {
            FilterOperator.IsNull => ReadIsNull(fields, column),
            FilterOperator.In => WithCase(ReadIn(fields, column), ignoresCase),
            FilterOperator.Between => ReadBetween(fields, column),
            _ => WithCase(ReadSingle(fields, column, filterOperator.Value), ignoresCase),
        };
        return fields.IsFine ? comparison : null;
    }

    private static Comparison? WithCase(Comparison? comparison, bool ignoresCase) =>
        comparison is null ? null : comparison with { IgnoresCase = ignoresCase };

    private static bool ReadIgnoreCase(JsonFields fields, DatasetColumn? column, FilterOperator? filterOperator)
    {
        const string Name = "ignoreCase";
        if (!fields.Flag(Name))
            return false;

        if (column is { IsText: false })
            fields.Fail(Name, UnknownColumn.NoText(column));
        else if (filterOperator is { } known && !FilterOperators.CanIgnoreCase(known))
            fields.Fail(Name, $"Is only for the operators {string.Join(", ", FilterOperators.WithoutCase)}.");

        return true;
    }

    private DatasetColumn? ReadColumn(JsonFields fields)
    {
        var expected = UnknownColumn.Expected(dataset);
        if (fields.Required("column", expected) is not { } value)
            return null;

        var name = JsonFields.TextOf(value);
        var column = name is null ? null : dataset?.FindColumn(name);
        if (name is null)
            fields.Fail("column", expected);
        else if (column is null && dataset is not null)
            fields.Fail("column", UnknownColumn.Message(name, dataset));

        return column;
    }

    private static FilterOperator? ReadOperator(JsonFields fields, DatasetColumn? column)
    {
        var type = column?.Type;
        string[] names = [.. type is null ? FilterOperators.All : FilterOperators.For(type.Value)];
        if (fields.Required("op", FieldMessages.OneOf(names)) is not { } value)
            return null;

        var name = JsonFields.TextOf(value);
        var filterOperator = name is null ? null : FilterOperators.Find(name);
        if (filterOperator is null)
            fields.Fail("op", FieldMessages.NotOneOf(name, names));
        else if (type is null || FilterOperators.Allows(type.Value, filterOperator.Value))
            return filterOperator;
        else
            fields.Fail("op", $"Is not for columns of type {ColumnTypeNames.NameOf(type.Value)}. {FieldMessages.OneOf(names)}");

        return null;
    }

    private static Filter? ReadIsNull(JsonFields fields, DatasetColumn column)
    {
        var comparison = new Comparison(column, FilterOperator.IsNull, []);
        if (fields.Given("values") is not null)
            return FailAsNull(fields, "values", ValuesAreForIn(FilterOperator.IsNull));

        return fields.Given("value") switch
        {
            null or { ValueKind: JsonValueKind.True } => comparison,
            { ValueKind: JsonValueKind.False } => new Not(comparison),
            _ => FailAsNull(fields, "value", ExpectedOfIsNull),
        };
    }

    private Comparison? ReadIn(JsonFields fields, DatasetColumn column)
    {
        if (FindList(fields) is not { } name)
            return null;

        var list = fields.Given(name)!.Value;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxValues)
            return FailAsNull(fields, name, ExpectedList);

        _valueCount += list.GetArrayLength();
        if (_valueCount > MaxFilterValues)
            return FailAsNull(fields, name, "Takes the lists of the filter beyond 100,000 values together.");

        return ReadValues(list, column, fields, name) is { } values ? new Comparison(column, FilterOperator.In, values) : null;
    }

    private static Comparison? ReadBetween(JsonFields fields, DatasetColumn column)
    {
        if (Single(fields, FilterOperator.Between, ExpectedPair) is not { } list)
            return null;

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != 2)
            return FailAsNull(fields, "value", ExpectedPair);

        if (ReadValues(list, column, fields, "value") is not { } values)
            return null;

        return FilterValues.Compare(values[0], values[1]) <= 0
            ? new Comparison(column, FilterOperator.Between, values)
            : FailAsNull(fields, "value", "Must have the smaller value first; as it is, nothing would match.");
    }

    private static Comparison? ReadSingle(JsonFields fields, DatasetColumn column, FilterOperator filterOperator)
    {
        if (Single(fields, filterOperator, FilterValues.ExpectedOf(column.Type)) is not { } value)
            return null;

        if (FilterValues.Read(value, column.Type, out var fault) is not { } read)
            return FailAsNull(fields, "value", OfColumn(fault, column));

        if (read is "" && filterOperator is FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith)
            return FailAsNull(fields, "value", "Must not be empty; every text would match.");

        return new Comparison(column, filterOperator, [read]);
    }

    private static JsonElement? Single(JsonFields fields, FilterOperator filterOperator, string expected)
    {
        if (fields.Given("values") is null)
            return fields.Required("value", expected);

        fields.Fail("values", ValuesAreForIn(filterOperator));
        return null;
    }

    private static List<object>? ReadValues(JsonElement list, DatasetColumn column, JsonFields fields, string name)
    {
        var values = new List<object>(list.GetArrayLength());
        var path = fields.PathOf(name);
        var (position, faults) = (0, 0);
        foreach (var item in list.EnumerateArray())
        {
            if (FilterValues.Read(item, column.Type, out var fault) is { } value)
                values.Add(value);
            else if (++faults <= MaxFaults)
                fields.Errors.Add(string.Create(CultureInfo.InvariantCulture, $"{path}[{position}]"), OfColumn(fault, column));
            else
                break;
            position++;
        }

        return faults == 0 ? values : null;
    }

    private static string OfColumn(string fault, DatasetColumn column) =>
        $"{fault} The column \"{column.Name}\" is of type {ColumnTypeNames.NameOf(column.Type)}.";

    private static Comparison? FailAsNull(JsonFields fields, string name, string message)
    {
        fields.Fail(name, message);
        return null;
    }
}

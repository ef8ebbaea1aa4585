using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Checks a comparison when its column is unknown: how many values it has, and that each is a valid JSON value.</summary>
internal static class ComparisonShape
{
    // Further errors of one list would not be shown.
    private const int MaxFaults = 100;

    private const string OneValue = "Must be one value, such as a text in quotes, a number, true or false.";

    /// <summary>Checks the values against the operator.</summary>
    /// <param name="fields">The comparison.</param>
    /// <param name="filterOperator">Its operator.</param>
    public static void Check(JsonFields fields, FilterOperator filterOperator)
    {
        if (filterOperator == FilterOperator.In)
            CheckList(fields);
        else if (fields.Given("values") is not null)
            fields.Fail("values", ComparisonReader.ValuesAreForIn(filterOperator));
        else if (filterOperator == FilterOperator.IsNull)
            CheckIsNull(fields);
        else if (filterOperator == FilterOperator.Between)
            CheckPair(fields);
        else if (fields.Required("value", OneValue) is { } value)
            CheckValue(value, fields.PathOf("value"), fields.Errors);
    }

    private static void CheckIsNull(JsonFields fields)
    {
        if (fields.Given("value") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
            fields.Fail("value", ComparisonReader.ExpectedOfIsNull);
    }

    private static void CheckList(JsonFields fields)
    {
        if (ComparisonReader.FindList(fields) is not { } name)
            return;

        var list = fields.Given(name)!.Value;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > ComparisonReader.MaxValues)
            fields.Fail(name, ComparisonReader.ExpectedList);
        else
            CheckItems(list, fields.PathOf(name), fields.Errors);
    }

    private static void CheckPair(JsonFields fields)
    {
        if (fields.Required("value", ComparisonReader.ExpectedPair) is not { } list)
            return;

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != 2)
            fields.Fail("value", ComparisonReader.ExpectedPair);
        else
            CheckItems(list, fields.PathOf("value"), fields.Errors);
    }

    private static void CheckItems(JsonElement list, string path, FieldErrors errors)
    {
        var faults = 0;
        foreach (var (position, item) in list.EnumerateArray().Index())
        {
            if (!CheckValue(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{position}]"), errors) && ++faults == MaxFaults)
                break;
        }
    }

    private static bool CheckValue(JsonElement value, string path, FieldErrors errors)
    {
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            return true;

        errors.Add(path, value.ValueKind == JsonValueKind.Null ? FilterValues.NotNull : OneValue);
        return false;
    }
}

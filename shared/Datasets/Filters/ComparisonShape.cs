using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Checks of a comparison what can be told without its column: how many values it has, and that each is one.</summary>
internal static class ComparisonShape
{
    // More faults of one list would not be shown.
    private const int MaxFaults = 100;

    /// <summary>Checks the values against the operator.</summary>
    /// <param name="element">The comparison.</param>
    /// <param name="filterOperator">Its operator.</param>
    /// <param name="path">Its path in the request.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void Check(JsonElement element, FilterOperator filterOperator, string path, FieldErrors errors)
    {
        var hasValue = element.TryGetProperty("value", out var value);
        var hasValues = element.TryGetProperty("values", out var values);
        if (filterOperator == FilterOperator.In)
            CheckList(hasValue, hasValues, hasValue ? value : values, path, errors);
        else if (hasValues)
            errors.Add($"{path}.values", $"is only for the operator in{(filterOperator == FilterOperator.IsNull ? "." : "; use value.")}");
        else if (filterOperator == FilterOperator.IsNull)
            CheckIsNull(hasValue, value, path, errors);
        else if (!hasValue)
            errors.Add($"{path}.value", "is missing.");
        else if (filterOperator == FilterOperator.Between)
            CheckPair(value, path, errors);
        else
            CheckValue(value, $"{path}.value", errors);
    }

    private static void CheckIsNull(bool hasValue, JsonElement value, string path, FieldErrors errors)
    {
        if (hasValue && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors.Add($"{path}.value", "must be left out, or be true (empty) or false (not empty).");
    }

    private static void CheckList(bool hasValue, bool hasValues, JsonElement list, string path, FieldErrors errors)
    {
        var listPath = hasValue ? $"{path}.value" : $"{path}.values";
        if (hasValue && hasValues)
            errors.Add($"{path}.values", "stands beside value; give one of them.");
        else if (!hasValue && !hasValues)
            errors.Add($"{path}.value", "must be a list of values.");
        else if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > ComparisonReader.MaxValues)
            errors.Add(listPath, FormattableString.Invariant($"must be a list of 1 to {ComparisonReader.MaxValues:N0} values."));
        else
            CheckItems(list, listPath, errors);
    }

    private static void CheckPair(JsonElement list, string path, FieldErrors errors)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != 2)
            errors.Add($"{path}.value", "must be a list of two values, the smaller first.");
        else
            CheckItems(list, $"{path}.value", errors);
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

        errors.Add(path, value.ValueKind == JsonValueKind.Null
            ? "must not be null; the operator isNull finds empty values."
            : "must be one value: a text in quotes, a number, true or false.");
        return false;
    }
}

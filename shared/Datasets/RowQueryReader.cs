using System.Text.Json;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>Reads what a request says about rows: <c>filter</c>, <c>columns</c>, <c>sort</c>, <c>offset</c> and <c>limit</c>.</summary>
internal static class RowQueryReader
{
    /// <summary>Reads a query. A property that is missing or null takes its default: every record, every column, the key's order.</summary>
    /// <param name="body">The request's JSON object; its other properties are not looked at.</param>
    /// <param name="dataset">The dataset to check against; null when it isn't known: then everything else is checked.</param>
    /// <param name="errors">Receives what is wrong, by field.</param>
    /// <param name="columns">The columns, also where something else is wrong; null when they are.</param>
    /// <returns>The query; null when anything in it is wrong.</returns>
    public static RowQuery? Read(JsonElement body, Dataset? dataset, FieldErrors errors, out IReadOnlyList<DatasetColumn>? columns)
    {
        columns = null;
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "must be a JSON object.");
            return null;
        }

        var fine = true;
        var filter = Given(body, "filter") is { } element ? Require(new FilterReader(dataset, errors).Read(element, "filter"), ref fine) : null;
        columns = Given(body, "columns") is { } list ? Require(ColumnsReader.Read(list, "columns", dataset, errors), ref fine) : dataset?.Columns;
        var sort = Given(body, "sort") is { } keys ? Require(SortReader.Read(keys, "sort", dataset, errors), ref fine) : [];
        var offset = ReadCount(body, "offset", errors, ref fine);
        var limit = ReadCount(body, "limit", errors, ref fine);

        return fine && dataset is not null
            ? new RowQuery { Dataset = dataset, Columns = columns!, Filter = filter, Sort = sort!, Offset = offset ?? 0, Limit = limit }
            : null;
    }

    private static JsonElement? Given(JsonElement body, string property) =>
        body.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static T? Require<T>(T? value, ref bool fine)
        where T : class
    {
        fine &= value is not null;
        return value;
    }

    private static long? ReadCount(JsonElement body, string property, FieldErrors errors, ref bool fine)
    {
        if (Given(body, property) is not { } value)
            return null;

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0)
            return count;

        errors.Add(property, "must be a whole number, 0 or more.");
        fine = false;
        return null;
    }
}

using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets;

/// <summary>Reads the row selection of a request: <c>filter</c>, <c>columns</c>, <c>sort</c>, <c>offset</c> and <c>limit</c>.</summary>
internal static class RowQueryReader
{
    /// <summary>The field names.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["filter", "columns", "sort", "offset", "limit"];

    /// <summary>Reads a query. A field that is missing or null takes its default: every record, every column, key order.</summary>
    /// <param name="fields">The request; its other fields are ignored.</param>
    /// <param name="dataset">The dataset to validate against; null when unknown: then everything else is checked.</param>
    /// <param name="columns">The columns, even when other fields have errors; null when the columns themselves are invalid.</param>
    /// <returns>The query; null when it has errors.</returns>
    public static RowQuery? Read(JsonFields fields, Dataset? dataset, out IReadOnlyList<DatasetColumn>? columns)
    {
        var fine = true;
        var filter = fields.Given("filter") is { } element
            ? Require(new FilterReader(dataset, fields.Errors).Read(element, fields.PathOf("filter")), ref fine)
            : null;
        columns = fields.Given("columns") is null ? dataset?.Columns : Require(ColumnsReader.Read(fields, "columns", dataset), ref fine);
        var sort = fields.Given("sort") is null ? [] : Require(SortReader.Read(fields, "sort", dataset), ref fine);
        var offset = ReadCount(fields, "offset", "1000", ref fine);
        var limit = ReadCount(fields, "limit", "1000", ref fine);

        return fine && dataset is not null
            ? new RowQuery { Dataset = dataset, Columns = columns!, Filter = filter, Sort = sort!, Offset = offset ?? 0, Limit = limit }
            : null;
    }

    private static T? Require<T>(T? value, ref bool fine)
        where T : class
    {
        fine &= value is not null;
        return value;
    }

    private static long? ReadCount(JsonFields fields, string name, string example, ref bool fine)
    {
        var count = fields.Count(name, example);
        fine &= count is not null || fields.Given(name) is null;
        return count;
    }
}

using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Datasets;

/// <summary>The columns that a query compares or sorts by.</summary>
internal static class RowQueryColumns
{
    /// <summary>The columns, without duplicates.</summary>
    /// <param name="query">The query.</param>
    public static IReadOnlyList<DatasetColumn> Compared(RowQuery query) =>
        [.. (query.Filter is { } filter ? Of(filter) : []).Concat(query.Sort.Select(key => key.Column)).Distinct()];

    private static IEnumerable<DatasetColumn> Of(Filter filter) => filter switch
    {
        AllOf all => all.Parts.SelectMany(Of),
        AnyOf any => any.Parts.SelectMany(Of),
        Not not => Of(not.Part),
        Comparison comparison => [comparison.Column],
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };
}

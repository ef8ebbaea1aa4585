using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Tests.Datasets;

/// <summary>Random queries over the sample dataset, as the readers would make them.</summary>
internal static class RandomQueries
{
    public static Gen<RowQuery> For(Dataset dataset) =>
        from filter in Filter(dataset, depth: 3)
        from filtered in Gen.Int[0, 9]
        from sort in Sort(dataset)
        from offset in Gen.OneOf(Gen.Const(0L), Gen.Long[0, 250])
        from limit in Gen.OneOf(Gen.Const((long?)null), Gen.Long[0, 250].Select(value => (long?)value))
        select new RowQuery
        {
            Dataset = dataset,
            Columns = dataset.Columns,
            Filter = filtered == 0 ? null : filter,
            Sort = sort,
            Offset = offset,
            Limit = limit,
        };

    private static Gen<Filter> Filter(Dataset dataset, int depth) => depth == 0
        ? Comparison(dataset)
        : Gen.Frequency(
            (4, Comparison(dataset)),
            (2, Filter(dataset, depth - 1).List[1, 3].Select(Filter (parts) => new AllOf(parts))),
            (2, Filter(dataset, depth - 1).List[1, 3].Select(Filter (parts) => new AnyOf(parts))),
            (2, Filter(dataset, depth - 1).Select(Filter (part) => new Not(part))));

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<Filter> Comparison(Dataset dataset) =>
        from column in OneOf([.. dataset.Columns])
        from filterOperator in OneOf(Enum.GetValues<FilterOperator>().Where(value => FilterOperators.Allows(column.Type, value)).ToArray())
        from values in Value(column).List[4]
        from ignored in Gen.Bool
        let canIgnore = column.IsText && FilterOperators.CanIgnoreCase(filterOperator)
        select (Filter)(Make(column, filterOperator, values) with { IgnoresCase = ignored && canIgnore });

    private static Comparison Make(DatasetColumn column, FilterOperator filterOperator, List<object> values) => filterOperator switch
    {
        FilterOperator.IsNull => new Comparison(column, filterOperator, []),
        FilterOperator.In => new Comparison(column, filterOperator, values),
        FilterOperator.Between =>
            new Comparison(column, filterOperator, [.. values.Take(2).Order(Comparer<object>.Create(FilterValues.Compare))]),
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith when values[0] is "" =>
            new Comparison(column, filterOperator, ["a"]),
        _ => new Comparison(column, filterOperator, [values[0]]),
    };

    private static Gen<object> Value(DatasetColumn column) => column.Name switch
    {
        "name" => OneOf<object>([.. SampleRow.Names, "a", "n", "ν", "'; DROP TABLE samples; --"]),
        "code" => OneOf<object>([.. SampleRow.Codes, "0", "1"]),
        "id" => Gen.Long[0, 200].Select(object (value) => value),
        "points" => OneOf<object>([.. SampleRow.PointValues.Cast<object>()]),
        "grade" => OneOf<object>([.. SampleRow.Grades.Cast<object>(), 7.250m, 7.2999m]),
        "active" => Gen.Bool.Select(object (value) => value),
        "born" => OneOf<object>([.. SampleRow.Dates.Cast<object>()]),
        _ => OneOf<object>([.. SampleRow.Times.Cast<object>()]),
    };

    private static Gen<SortKey[]> Sort(Dataset dataset) =>
        from columns in Gen.Shuffle(dataset.Columns.ToArray())
        from count in Gen.Int[0, 3]
        from downwards in Gen.Bool.Array[3]
        from languages in OneOf<string?>([null, "el", "de", "sv"]).Array[3]
        let directions = downwards.Select(isDownward => isDownward ? SortDirection.Descending : SortDirection.Ascending).ToArray()
        select columns.Take(count).Select((column, i) => new SortKey(column, directions[i])
        {
            Collation = column.IsText ? languages[i] : null,
        }).ToArray();
}

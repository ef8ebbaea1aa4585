using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using CultureInfo = System.Globalization.CultureInfo;

namespace ExportFunctions.Tests.Datasets;

/// <summary>What a query must give, by the rules in the contracts' comments, worked out in memory.</summary>
internal static class ReferenceQuery
{
    public static long[] Ids(IEnumerable<SampleRow> rows, RowQuery query)
    {
        var kept = rows.Where(row => query.Filter is null || IsTrue(query.Filter, row));
        var sorted = kept.Order(Comparer<SampleRow>.Create((left, right) => Compare(left, right, query.Sort)));
        var page = sorted.Skip((int)query.Offset);
        return [.. (query.Limit is { } limit ? page.Take((int)limit) : page).Select(row => row.Id)];
    }

    private static int Compare(SampleRow left, SampleRow right, IReadOnlyList<SortKey> sort)
    {
        foreach (var key in sort)
        {
            var (a, b) = (left.Value(key.Column.Name), right.Value(key.Column.Name));
            var order = (a, b) switch
            {
                (null, null) => 0,
                (null, _) => -1,
                (_, null) => 1,
                _ when key.Collation is { } language && CompareIn(language, (string)a, (string)b) is not 0 and var difference => difference,
                _ => FilterValues.Compare(a, b),
            };
            if (order != 0)
                return key.Direction == SortDirection.Ascending ? order : -order;
        }

        return left.Id.CompareTo(right.Id);
    }

    public static int CompareIn(string language, string left, string right) =>
        CultureInfo.GetCultureInfo(language).CompareInfo.Compare(left, right);

    private static bool IsTrue(Filter filter, SampleRow row) => filter switch
    {
        AllOf all => all.Parts.All(part => IsTrue(part, row)),
        AnyOf any => any.Parts.Any(part => IsTrue(part, row)),
        Not not => !IsTrue(not.Part, row),
        Comparison comparison => IsTrue(comparison, row.Value(comparison.Column.Name)),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static bool IsTrue(Comparison comparison, object? value)
    {
        if (value is null)
            return comparison.Operator is FilterOperator.IsNull or FilterOperator.Ne;

        if (comparison.Operator == FilterOperator.IsNull)
            return false;

        if (comparison.IgnoresCase)
        {
            value = CaseFolding.Fold((string)value);
            comparison = comparison with { Values = [.. comparison.Values.Select(text => CaseFolding.Fold((string)text))] };
        }

        var order = FilterValues.Compare(value, comparison.Values[0]);
        return comparison.Operator switch
        {
            FilterOperator.Eq => order == 0,
            FilterOperator.Ne => order != 0,
            FilterOperator.Lt => order < 0,
            FilterOperator.Le => order <= 0,
            FilterOperator.Gt => order > 0,
            FilterOperator.Ge => order >= 0,
            FilterOperator.In => comparison.Values.Contains(value),
            FilterOperator.Between => order >= 0 && FilterValues.Compare(value, comparison.Values[1]) <= 0,
            FilterOperator.Contains => ((string)value).Contains((string)comparison.Values[0], StringComparison.Ordinal),
            FilterOperator.StartsWith => ((string)value).StartsWith((string)comparison.Values[0], StringComparison.Ordinal),
            FilterOperator.EndsWith => ((string)value).EndsWith((string)comparison.Values[0], StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }
}

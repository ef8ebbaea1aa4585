namespace ExportFunctions.Datasets.Filters;

/// <summary>The operators' names in JSON and the column types that each supports.</summary>
public static class FilterOperators
{
    private static readonly (string Name, FilterOperator Operator)[] Names =
    [
        ("eq", FilterOperator.Eq),
        ("ne", FilterOperator.Ne),
        ("lt", FilterOperator.Lt),
        ("le", FilterOperator.Le),
        ("gt", FilterOperator.Gt),
        ("ge", FilterOperator.Ge),
        ("in", FilterOperator.In),
        ("between", FilterOperator.Between),
        ("contains", FilterOperator.Contains),
        ("startsWith", FilterOperator.StartsWith),
        ("endsWith", FilterOperator.EndsWith),
        ("isNull", FilterOperator.IsNull),
    ];

    /// <summary>Every name.</summary>
    public static IEnumerable<string> All => Names.Select(pair => pair.Name);

    /// <summary>The operator with a name, ordinal and case-sensitive; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static FilterOperator? Find(string name)
    {
        foreach (var (known, filterOperator) in Names)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
                return filterOperator;
        }

        return null;
    }

    /// <summary>The names of the operators that a type allows.</summary>
    /// <param name="type">The column's type.</param>
    public static IEnumerable<string> For(ColumnType type) => Names.Where(pair => Allows(type, pair.Operator)).Select(pair => pair.Name);

    /// <summary>The names of the operators that can ignore letter case.</summary>
    public static IEnumerable<string> WithoutCase => Names.Where(pair => CanIgnoreCase(pair.Operator)).Select(pair => pair.Name);

    /// <summary>True when the operator can ignore letter case. Ordering operators can't: language collations serve that purpose.</summary>
    /// <param name="filterOperator">The operator.</param>
    public static bool CanIgnoreCase(FilterOperator filterOperator) =>
        filterOperator is FilterOperator.Eq or FilterOperator.Ne
            or FilterOperator.In or FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith;

    /// <summary>True when columns of the type can be compared with the operator.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="filterOperator">The operator.</param>
    public static bool Allows(ColumnType type, FilterOperator filterOperator) => filterOperator switch
    {
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith => type is ColumnType.Text or ColumnType.Identifier,
        FilterOperator.Lt or FilterOperator.Le or FilterOperator.Gt or FilterOperator.Ge or FilterOperator.Between =>
            type != ColumnType.Boolean,
        _ => true,
    };
}

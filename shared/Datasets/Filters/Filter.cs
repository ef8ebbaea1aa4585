namespace ExportFunctions.Datasets.Filters;

/// <summary>
/// A condition on records: a tree of <see cref="AllOf"/>, <see cref="AnyOf"/> and <see cref="Not"/> over <see cref="Comparison"/>s.
/// </summary>
public abstract record Filter;

/// <summary>True when every part is true (<c>and</c>).</summary>
/// <param name="Parts">One or more conditions.</param>
public sealed record AllOf(IReadOnlyList<Filter> Parts) : Filter;

/// <summary>True when at least one part is true (<c>or</c>).</summary>
/// <param name="Parts">One or more conditions.</param>
public sealed record AnyOf(IReadOnlyList<Filter> Parts) : Filter;

/// <summary>
/// True when the part is not true; a comparison with an empty value counts as not true, so <c>not</c> includes empty values.
/// </summary>
/// <param name="Part">The condition to negate.</param>
public sealed record Not(Filter Part) : Filter;

/// <summary>One column compared with zero, one, two or many values of the column's type.</summary>
/// <param name="Column">The column.</param>
/// <param name="Operator">The operator, which must be valid for the column's type.</param>
/// <param name="Values">
/// The values, each of the column type's CLR type: <see cref="string"/>, <see cref="long"/>, <see cref="decimal"/>,
/// <see cref="bool"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>, or <see cref="DateTime"/>: in UTC, or of no kind in a column of
/// local timestamps. None for <see cref="FilterOperator.IsNull"/>, two for <see cref="FilterOperator.Between"/> (both included), one or
/// more for <see cref="FilterOperator.In"/>, else one.
/// </param>
public sealed record Comparison(DatasetColumn Column, FilterOperator Operator, IReadOnlyList<object> Values) : Filter
{
    /// <summary>
    /// Whether texts that differ in letter case only (<see cref="CaseFolding"/>) are equal. For text and identifier columns only.
    /// </summary>
    public bool IgnoresCase { get; init; }
}

/// <summary>The comparison operators, by their JSON names in camelCase.</summary>
public enum FilterOperator
{
    /// <summary>Equal.</summary>
    Eq,

    /// <summary>Not equal; empty values count as not equal.</summary>
    Ne,

    /// <summary>Less than.</summary>
    Lt,

    /// <summary>Less than or equal.</summary>
    Le,

    /// <summary>Greater than.</summary>
    Gt,

    /// <summary>Greater than or equal.</summary>
    Ge,

    /// <summary>Equal to one of the values.</summary>
    In,

    /// <summary>Between two values, both included.</summary>
    Between,

    /// <summary>Text that contains the value; case-sensitive unless specified otherwise.</summary>
    Contains,

    /// <summary>Text that begins with the value; case-sensitive unless specified otherwise.</summary>
    StartsWith,

    /// <summary>Text that ends with the value; case-sensitive unless specified otherwise.</summary>
    EndsWith,

    /// <summary>The column is empty.</summary>
    IsNull,
}

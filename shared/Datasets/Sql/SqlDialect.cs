using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// The differences between engines. Columns are always qualified with the alias <c>t</c>: SQLite takes an unqualified quoted name that does
/// not exist for a string, and the export would silently hold the column's name in every row.
/// </summary>
internal abstract class SqlDialect
{
    /// <summary>A column in the select list.</summary>
    public abstract string Output(DatasetColumn column);

    /// <summary>A column of the key in the select list, in a form that preserves its exact value.</summary>
    public abstract string KeyOutput(DatasetColumn column);

    /// <summary>A column as a sort key that orders values the same way in every engine, apart from empty values.</summary>
    public abstract string SortOperand(DatasetColumn column);

    /// <summary>A text column as a sort key in a language's order; <see cref="SortOperand"/> after it breaks ties.</summary>
    public abstract string LanguageOperand(SqlText sql, DatasetColumn column, string language);

    /// <summary>The keywords that put empty values first when ascending and last when descending.</summary>
    public abstract string NullOrder(SortDirection direction);

    /// <summary>The clause that skips and limits records.</summary>
    public abstract string Page(SqlText sql, long offset, long? limit);

    /// <summary>The condition of one comparison; null counts as not true.</summary>
    public string Condition(SqlText sql, Comparison comparison) => comparison switch
    {
        { Column.IsText: false } => TypedCondition(sql, comparison),
        _ when ConditionOfOwn(sql, comparison) is { } own => own,
        { IgnoresCase: true } => FoldedCondition(sql, comparison),
        _ => TextCondition(sql, comparison),
    };

    private string TextCondition(SqlText sql, Comparison comparison)
    {
        var column = comparison.Column;
        string Value(int index) => sql.Parameter(column.Type, comparison.Values[index]);

        return comparison.Operator switch
        {
            FilterOperator.IsNull => $"{Name(column)} IS NULL",
            FilterOperator.Eq or FilterOperator.Ne => Compared(comparison.Operator, EqualityOperand(column), Value),
            FilterOperator.In => In(sql, column, comparison.Values),
            FilterOperator.Contains => Contains(TextOperand(column), Value(0)),
            FilterOperator.StartsWith => StartsWith(TextOperand(column), Value(0)),
            FilterOperator.EndsWith => EndsWith(TextOperand(column), Value(0)),
            _ => Compared(comparison.Operator, OrderOperand(column), Value),
        };
    }

    // The values are folded once, here; the engine must fold the column to exactly the same bytes.
    private string FoldedCondition(SqlText sql, Comparison comparison)
    {
        var folded = FoldedOperand(comparison.Column);
        object[] values = [.. comparison.Values.Select(value => CaseFolding.Fold((string)value)).Distinct(StringComparer.Ordinal)];
        string Value() => sql.Parameter(ColumnType.Text, values[0]);

        return comparison.Operator switch
        {
            FilterOperator.Eq => $"{folded} = {Value()}",
            FilterOperator.Ne => $"{folded} IS DISTINCT FROM {Value()}",
            FilterOperator.In => InTexts(folded, sql.Parameter(ColumnType.Text, values, SqlParameterShape.List)),
            FilterOperator.Contains => Contains(folded, Value()),
            FilterOperator.StartsWith => StartsWith(folded, Value()),
            FilterOperator.EndsWith => EndsWith(folded, Value()),
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

    /// <summary>The engine-specific condition of a comparison of a text column; null uses the common one.</summary>
    protected virtual string? ConditionOfOwn(SqlText sql, Comparison comparison) => null;

    /// <summary>A qualified, quoted column.</summary>
    protected static string Name(DatasetColumn column) => $"t.{SqlText.Quote(column.SqlName)}";

    /// <summary>The condition of a comparison of a non-text column: by its exported value, however it is stored.</summary>
    protected abstract string TypedCondition(SqlText sql, Comparison comparison);

    /// <summary>A comparison with one of the operators that all engines have.</summary>
    /// <param name="filterOperator">The operator: not a text-only one, <c>in</c> or <c>isNull</c>.</param>
    /// <param name="operand">What is compared.</param>
    /// <param name="value">Gives the comparison's value at an index.</param>
    protected static string Compared(FilterOperator filterOperator, string operand, Func<int, string> value) => filterOperator switch
    {
        FilterOperator.Eq => $"{operand} = {value(0)}",
        FilterOperator.Ne => $"{operand} IS DISTINCT FROM {value(0)}",
        FilterOperator.Lt => $"{operand} < {value(0)}",
        FilterOperator.Le => $"{operand} <= {value(0)}",
        FilterOperator.Gt => $"{operand} > {value(0)}",
        FilterOperator.Ge => $"{operand} >= {value(0)}",
        FilterOperator.Between => $"{operand} BETWEEN {value(0)} AND {value(1)}",
        _ => throw new ArgumentOutOfRangeException(nameof(filterOperator)),
    };

    /// <summary>A text column to compare for equality, in a form that can use an index where possible.</summary>
    protected abstract string EqualityOperand(DatasetColumn column);

    /// <summary>A text column for ordering comparisons.</summary>
    protected abstract string OrderOperand(DatasetColumn column);

    /// <summary>Membership of a text in a list passed as one parameter, which avoids the engines' parameter limits.</summary>
    protected abstract string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values);

    /// <summary>A text column with letter case removed as <see cref="CaseFolding"/> does, compared bytewise.</summary>
    protected abstract string FoldedOperand(DatasetColumn column);

    /// <summary>Membership of a text in a list of texts passed as one parameter.</summary>
    protected abstract string InTexts(string text, string list);

    /// <summary>A text column to search in.</summary>
    protected abstract string TextOperand(DatasetColumn column);

    // Functions rather than LIKE: both engines are then case-sensitive, and values have no wildcards to escape.

    /// <summary>Text that contains the value.</summary>
    protected abstract string Contains(string text, string value);

    /// <summary>Text that begins with the value.</summary>
    protected abstract string StartsWith(string text, string value);

    /// <summary>Text that ends with the value.</summary>
    protected abstract string EndsWith(string text, string value);
}

using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// Where the engines differ. Columns are always qualified with the alias <c>t</c>: SQLite takes an unqualified quoted name
/// that does not exist for a string, and the export would silently hold the column's name in every row.
/// </summary>
internal abstract class SqlDialect
{
    /// <summary>A column in the select list.</summary>
    public abstract string Output(DatasetColumn column);

    /// <summary>A column of the key in the select list, in a form that tells its value exactly.</summary>
    public abstract string KeyOutput(DatasetColumn column);

    /// <summary>A column as a sort key that orders values the same way in every engine, empty values aside.</summary>
    public abstract string SortOperand(DatasetColumn column);

    /// <summary>A text column as a sort key in the order of a language; <see cref="SortOperand"/> behind it breaks the ties.</summary>
    public abstract string LanguageOperand(SqlText sql, DatasetColumn column, string language);

    /// <summary>The words that put empty values first when ascending and last when descending.</summary>
    public abstract string NullOrder(SortDirection direction);

    /// <summary>The words that skip and limit records.</summary>
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

    // The values are folded here, once; what the engine makes of the column must be the same to the byte.
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

    /// <summary>
    /// The condition of a comparison of a text column that the engine has a way of its own for; null takes the common one.
    /// </summary>
    protected virtual string? ConditionOfOwn(SqlText sql, Comparison comparison) => null;

    /// <summary>A qualified, quoted column.</summary>
    protected static string Name(DatasetColumn column) => $"t.{SqlText.Quote(column.SqlName)}";

    /// <summary>The condition of a comparison of a column that is not text: with what is shown, whatever it is stored as.</summary>
    protected abstract string TypedCondition(SqlText sql, Comparison comparison);

    /// <summary>A comparison by one of the signs that all engines have.</summary>
    /// <param name="filterOperator">The operator: not one for text only, <c>in</c> or <c>isNull</c>.</param>
    /// <param name="operand">What is compared.</param>
    /// <param name="value">Gives the comparison's value of a position.</param>
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

    /// <summary>A text column to compare for equality, in a form that lets an index serve where possible.</summary>
    protected abstract string EqualityOperand(DatasetColumn column);

    /// <summary>A text column to compare by order.</summary>
    protected abstract string OrderOperand(DatasetColumn column);

    /// <summary>Membership of a text in a list that travels as one parameter, so that no engine's limit on parameters is met.</summary>
    protected abstract string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values);

    /// <summary>A text column whose letter case is taken out of it as <see cref="CaseFolding"/> does, compared by its bytes.</summary>
    protected abstract string FoldedOperand(DatasetColumn column);

    /// <summary>Membership of a text in a list of texts that travels as one parameter.</summary>
    protected abstract string InTexts(string text, string list);

    /// <summary>A text column to look into.</summary>
    protected abstract string TextOperand(DatasetColumn column);

    // Functions rather than LIKE: case counts in both engines alike, and a value has no wildcards to escape.

    /// <summary>Text that contains the value.</summary>
    protected abstract string Contains(string text, string value);

    /// <summary>Text that begins with the value.</summary>
    protected abstract string StartsWith(string text, string value);

    /// <summary>Text that ends with the value.</summary>
    protected abstract string EndsWith(string text, string value);
}

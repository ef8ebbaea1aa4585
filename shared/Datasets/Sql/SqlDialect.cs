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
    public string Condition(SqlText sql, Comparison comparison)
    {
        if (ConditionOfOwn(sql, comparison) is { } own)
            return own;
        if (comparison.IgnoresCase)
            return FoldedCondition(sql, comparison);

        var column = comparison.Column;
        var type = column.Type;
        string Value(int index) => Parameter(sql, type, comparison.Values[index]);

        return comparison.Operator switch
        {
            FilterOperator.IsNull => $"{Name(column)} IS NULL",
            FilterOperator.Eq => $"{EqualityOperand(column)} = {Value(0)}",
            FilterOperator.Ne => $"{EqualityOperand(column)} IS DISTINCT FROM {Value(0)}",
            FilterOperator.In => In(sql, column, comparison.Values),
            FilterOperator.Lt => $"{OrderOperand(column)} < {Value(0)}",
            FilterOperator.Le => $"{OrderOperand(column)} <= {Value(0)}",
            FilterOperator.Gt => $"{OrderOperand(column)} > {Value(0)}",
            FilterOperator.Ge => $"{OrderOperand(column)} >= {Value(0)}",
            FilterOperator.Between => $"{OrderOperand(column)} BETWEEN {Value(0)} AND {Value(1)}",
            FilterOperator.Contains => Contains(TextOperand(column), Value(0)),
            FilterOperator.StartsWith => StartsWith(TextOperand(column), Value(0)),
            FilterOperator.EndsWith => EndsWith(TextOperand(column), Value(0)),
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
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

    /// <summary>The condition of a comparison that the engine has a way of its own for; null takes the common one.</summary>
    protected virtual string? ConditionOfOwn(SqlText sql, Comparison comparison) => null;

    /// <summary>A qualified, quoted column.</summary>
    protected static string Name(DatasetColumn column) => $"t.{SqlText.Quote(column.SqlName)}";

    /// <summary>A column to compare for equality, in a form that lets an index serve where possible.</summary>
    protected abstract string EqualityOperand(DatasetColumn column);

    /// <summary>A column to compare by order.</summary>
    protected abstract string OrderOperand(DatasetColumn column);

    /// <summary>A value in the form that the operands compare with.</summary>
    protected abstract string Parameter(SqlText sql, ColumnType type, object value);

    /// <summary>Membership in a list that travels as one parameter, so that no engine's limit on parameters is met.</summary>
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

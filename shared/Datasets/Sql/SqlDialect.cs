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

    /// <summary>The words that put empty values first when ascending and last when descending.</summary>
    public abstract string NullOrder(SortDirection direction);

    /// <summary>The words that skip and limit records.</summary>
    public abstract string Page(SqlText sql, long offset, long? limit);

    /// <summary>The condition of one comparison; null counts as not true.</summary>
    public string Condition(SqlText sql, Comparison comparison)
    {
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
            FilterOperator.Contains => Contains(column, Value(0)),
            FilterOperator.StartsWith => StartsWith(column, Value(0)),
            FilterOperator.EndsWith => EndsWith(column, Value(0)),
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };
    }

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

    // Functions rather than LIKE: case counts in both engines alike, and a value has no wildcards to escape.

    /// <summary>Text that contains the value.</summary>
    protected abstract string Contains(DatasetColumn column, string value);

    /// <summary>Text that begins with the value.</summary>
    protected abstract string StartsWith(DatasetColumn column, string value);

    /// <summary>Text that ends with the value.</summary>
    protected abstract string EndsWith(DatasetColumn column, string value);
}

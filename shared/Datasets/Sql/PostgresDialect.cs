using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// PostgreSQL. Text and identifier columns may be of any type that casts to text; timestamps without a zone are read as UTC, so the
/// session's time zone must be UTC. Values of typed columns are compared as they are exported.
/// </summary>
/// <param name="types">The database types of the columns that the query compares or sorts by.</param>
internal sealed class PostgresDialect(PostgresTypes types) : SqlDialect
{
    /// <summary>The suffix of the collations that the server gets from ICU, one for each language.</summary>
    public const string IcuSuffix = "-x-icu";

    /// <summary>The language tag of the collation without a language.</summary>
    public const string NoLanguage = "und";

    public override string Output(DatasetColumn column) => column.IsText ? $"{Name(column)}::text" : Name(column);

    // Integers are transferred exactly anyway, and as text they would cost the server time for each record.
    public override string KeyOutput(DatasetColumn column) => column.Type == ColumnType.Integer ? Name(column) : $"{Name(column)}::text";

    public override string SortOperand(DatasetColumn column) =>
        column.IsText ? OrderOperand(column) : PostgresOperand.Of(column, types, Name(column)).Sorted;

    public override string LanguageOperand(SqlText sql, DatasetColumn column, string language) =>
        $"{Name(column)}::text COLLATE pg_catalog.{SqlText.Quote(language + IcuSuffix)}";

    public override string NullOrder(SortDirection direction) => direction == SortDirection.Ascending ? " NULLS FIRST" : " NULLS LAST";

    public override string Page(SqlText sql, long offset, long? limit)
    {
        var limited = limit is null ? "" : $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit.Value)}";
        return offset == 0 ? limited : $"{limited}\nOFFSET {sql.Parameter(ColumnType.Integer, offset)}";
    }

    protected override string TypedCondition(SqlText sql, Comparison comparison)
    {
        var column = comparison.Column;
        var operand = PostgresOperand.Of(column, types, Name(column));
        switch (comparison.Operator)
        {
            case FilterOperator.IsNull:
                return column.OnUnreadable == UnreadableValue.Null
                    ? $"({Name(column)} IS NULL OR ({operand.Readable}) IS NOT TRUE)"
                    : $"{Name(column)} IS NULL";
            case FilterOperator.In:
                var values = comparison.Values.Select(value => operand.Value(value, PostgresRounding.Exact)).OfType<string>().ToArray();
                return $"{operand.Compared} = ANY({sql.Parameter(ColumnType.Text, values, SqlParameterShape.List)}::{operand.Cast}[])";
            case FilterOperator.Eq or FilterOperator.Ne when operand.Value(comparison.Values[0], PostgresRounding.Exact) is null:
                // The database's times have a resolution of a microsecond.
                return comparison.Operator == FilterOperator.Ne ? "TRUE" : "FALSE";
            default:
                string Value(int index) => $"{sql.Parameter(ColumnType.Text, operand.Value(comparison.Values[index], RoundingOf(comparison.Operator, index))!)}::{operand.Cast}";
                var condition = Compared(comparison.Operator, operand.Compared, Value);
                return comparison.Operator is FilterOperator.Eq or FilterOperator.Ne ? condition : $"{condition} AND {operand.Readable}";
        }
    }

    protected override string? ConditionOfOwn(SqlText sql, Comparison comparison) =>
        types.Of(comparison.Column) == "uuid" ? PostgresUuids.Condition(sql, Name(comparison.Column), comparison) : null;

    // Without a collation, an index with the database's own collation can be used; equality is bytewise in any deterministic one.
    protected override string EqualityOperand(DatasetColumn column) => Output(column);

    // The bytewise order of UTF-8, as in SQLite, whatever the database's collation.
    protected override string OrderOperand(DatasetColumn column) => $"{Name(column)}::text COLLATE \"C\"";

    protected override string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values) =>
        $"{EqualityOperand(column)} = ANY({sql.Parameter(column.Type, values, SqlParameterShape.List)})";

    protected override string InTexts(string text, string list) => $"{text} = ANY({list})";

    // ICU lower-cases each letter with the simple mapping, except for the final sigma and İ, which it maps in full.
    protected override string FoldedOperand(DatasetColumn column)
    {
        var lower = $"lower({Name(column)}::text COLLATE pg_catalog.\"{NoLanguage}{IcuSuffix}\")";
        return $"(replace(translate({lower}, '{CaseFolding.Variants}', '{CaseFolding.VariantFolds}'), '\u00DF', 'ss') COLLATE \"C\")";
    }

    protected override string TextOperand(DatasetColumn column) => OrderOperand(column);

    protected override string Contains(string text, string value) => $"strpos({text}, {value}) > 0";

    protected override string StartsWith(string text, string value) => $"starts_with({text}, {value})";

    protected override string EndsWith(string text, string value) => $"right({text}, length({value})) = {value}";

    // Rounds a value between two database times in the direction that the comparison requires.
    private static PostgresRounding RoundingOf(FilterOperator filterOperator, int index) => filterOperator switch
    {
        FilterOperator.Lt or FilterOperator.Ge => PostgresRounding.Up,
        FilterOperator.Between when index == 0 => PostgresRounding.Up,
        FilterOperator.Eq or FilterOperator.Ne => PostgresRounding.Exact,
        _ => PostgresRounding.Down,
    };
}

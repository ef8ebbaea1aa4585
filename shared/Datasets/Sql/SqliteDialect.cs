using System.Globalization;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// SQLite, whose columns are dynamically typed. Values of typed columns are compared as <see cref="SqliteFunctions"/> read them, which is
/// how they are exported. Where an index can help, a condition on the stored values is added in front, which never excludes a record that
/// the other one accepts.
/// </summary>
/// <param name="wholeNumbers">The integer columns with numeric affinity, so that integers are stored as such.</param>
internal sealed class SqliteDialect(IReadOnlySet<DatasetColumn> wholeNumbers) : SqlDialect
{
    /// <summary>The function that removes letter case from a text; registered with each connection.</summary>
    public const string FoldFunction = "export_fold";

    /// <summary>
    /// The function that returns a text's sort key for a language, its second argument. It is called once per record; a collation would be
    /// called for each comparison.
    /// </summary>
    public const string OrderFunction = "export_order";

    public override string Output(DatasetColumn column) => Name(column);

    public override string KeyOutput(DatasetColumn column) => Name(column);

    public override string SortOperand(DatasetColumn column) => column.IsText
        ? OrderOperand(column)
        : wholeNumbers.Contains(column) ? Name(column) : SqliteFunctions.Reading(column, Name(column));

    public override string LanguageOperand(SqlText sql, DatasetColumn column, string language) =>
        $"{OrderFunction}({Text(column)}, {sql.Parameter(ColumnType.Text, language)})";

    // SQLite's own order: NULL is smaller than any value.
    public override string NullOrder(SortDirection direction) => "";

    public override string Page(SqlText sql, long offset, long? limit) => (offset, limit) switch
    {
        (0, null) => "",
        (0, not null) => $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit.Value)}",
        // SQLite allows OFFSET only after LIMIT; a negative limit means none.
        _ => $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit ?? -1)} OFFSET {sql.Parameter(ColumnType.Integer, offset)}",
    };

    protected override string TypedCondition(SqlText sql, Comparison comparison)
    {
        var column = comparison.Column;
        if (comparison.Operator == FilterOperator.IsNull)
            return IsEmpty(column);

        var operand = SqliteFunctions.Reading(column, Name(column));
        if (comparison.Operator == FilterOperator.In)
        {
            var list = sql.Parameter(column.Type, comparison.Values, SqlParameterShape.List);
            var among =
                $"IN (SELECT {(column.Type == ColumnType.Decimal ? SqliteFunctions.Decimal("value") : "value")} FROM json_each({list}))";
            return wholeNumbers.Contains(column) ? $"{Name(column)} {among} AND {operand} {among}" : $"{operand} {among}";
        }

        string Value(int index) => sql.Parameter(column.Type, comparison.Values[index]);
        var exact = Compared(comparison.Operator, operand, Value);
        return Stored(sql, comparison) is { } stored ? $"{stored} AND {exact}" : exact;
    }

    protected override string EqualityOperand(DatasetColumn column) => $"{Name(column)} COLLATE BINARY";

    protected override string OrderOperand(DatasetColumn column) => $"{Text(column)} COLLATE BINARY";

    protected override string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values) =>
        $"{EqualityOperand(column)} IN (SELECT value FROM json_each({sql.Parameter(column.Type, values, SqlParameterShape.List)}))";

    protected override string InTexts(string text, string list) => $"{text} IN (SELECT value FROM json_each({list}))";

    protected override string FoldedOperand(DatasetColumn column) => $"{FoldFunction}({Text(column)})";

    protected override string TextOperand(DatasetColumn column) => Text(column);

    protected override string Contains(string text, string value) => $"instr({text}, {value}) > 0";

    protected override string StartsWith(string text, string value) => $"substr({text}, 1, length({value})) = {value}";

    protected override string EndsWith(string text, string value) => $"substr({text}, -length({value})) = {value}";

    // An identifier stored as a number is compared by the text it is read as; SQLite's own cast has only 15 digits of a REAL.
    private static string Text(DatasetColumn column) =>
        $"CASE typeof({Name(column)}) WHEN 'real' THEN {SqliteFunctions.Real(Name(column))} ELSE CAST({Name(column)} AS TEXT) END";

    private static string IsEmpty(DatasetColumn column)
    {
        if (column.OnUnreadable == UnreadableValue.Null)
            return $"{SqliteFunctions.Reading(column, Name(column))} IS NULL";

        return column.EmptyText == EmptyText.Null
            ? $"({Name(column)} IS NULL OR (typeof({Name(column)}) = 'text' AND trim({Name(column)}, {SqliteFunctions.Spaces}) = ''))"
            : $"{Name(column)} IS NULL";
    }

    /// <summary>
    /// A condition on the stored values that every record accepted by the comparison meets; null when there is none that can use an index.
    /// </summary>
    private string? Stored(SqlText sql, Comparison comparison)
    {
        var (column, filterOperator) = (comparison.Column, comparison.Operator);
        if (filterOperator == FilterOperator.Ne)
            return null;

        if (wholeNumbers.Contains(column))
            return Compared(filterOperator, Name(column), index => sql.Parameter(column.Type, comparison.Values[index]));

        // A leading space sorts before every digit, and such texts are rare: they are read as well.
        if (column.Stored is not null || column.Type is not (ColumnType.Date or ColumnType.Timestamp or ColumnType.LocalTimestamp))
            return null;

        string Day(object value, int days) => sql.Parameter(ColumnType.Text, DayText(value, days));
        var first = comparison.Values[0];
        var range = filterOperator switch
        {
            FilterOperator.Eq => $"{Name(column)} BETWEEN {Day(first, -1)} AND {Day(first, 2)}",
            FilterOperator.Lt or FilterOperator.Le => $"{Name(column)} < {Day(first, 2)}",
            FilterOperator.Gt or FilterOperator.Ge => $"{Name(column)} >= {Day(first, -1)}",
            _ => $"{Name(column)} BETWEEN {Day(first, -1)} AND {Day(comparison.Values[1], 2)}",
        };
        return filterOperator is FilterOperator.Lt or FilterOperator.Le ? range : $"({range} OR {Name(column)} < '0')";
    }

    // An offset shifts an instant by less than a day.
    private static string DayText(object value, int days)
    {
        var day = value is DateOnly date ? date.DayNumber : DateOnly.FromDateTime((DateTime)value).DayNumber;
        var shifted = Math.Clamp(day + days, 0, DateOnly.MaxValue.DayNumber);
        return day + days > shifted ? ":" : DateOnly.FromDayNumber(shifted).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

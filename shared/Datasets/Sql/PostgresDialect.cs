namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// PostgreSQL. Text and identifier columns may be of any type that casts to text; timestamps without a zone are taken as UTC,
/// for which the session's time zone must be UTC.
/// </summary>
internal sealed class PostgresDialect : SqlDialect
{
    public override string Output(DatasetColumn column) => column.Type switch
    {
        ColumnType.Text or ColumnType.Identifier => $"{Name(column)}::text",
        ColumnType.Timestamp => $"{Name(column)}::timestamptz",
        _ => Name(column),
    };

    // Whole numbers are exact as they come, and as text they would cost the server some time for each record.
    public override string KeyOutput(DatasetColumn column) => column.Type == ColumnType.Integer ? Name(column) : $"{Name(column)}::text";

    public override string SortOperand(DatasetColumn column) => OrderOperand(column);

    public override string NullOrder(SortDirection direction) => direction == SortDirection.Ascending ? " NULLS FIRST" : " NULLS LAST";

    public override string Page(SqlText sql, long offset, long? limit)
    {
        var limited = limit is null ? "" : $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit.Value)}";
        return offset == 0 ? limited : $"{limited}\nOFFSET {sql.Parameter(ColumnType.Integer, offset)}";
    }

    // Without a collation an index of the database's own collation can serve; equality is bytewise in any deterministic one.
    protected override string EqualityOperand(DatasetColumn column) => Output(column);

    // The bytewise order of UTF-8, as in SQLite, whatever the database's collation.
    protected override string OrderOperand(DatasetColumn column) =>
        column.IsText ? $"{Name(column)}::text COLLATE \"C\"" : Output(column);

    protected override string Parameter(SqlText sql, ColumnType type, object value) => sql.Parameter(type, value);

    protected override string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values) =>
        $"{EqualityOperand(column)} = ANY({sql.Parameter(column.Type, values, SqlParameterShape.List)})";

    protected override string Contains(DatasetColumn column, string value) => $"strpos({OrderOperand(column)}, {value}) > 0";

    protected override string StartsWith(DatasetColumn column, string value) => $"starts_with({OrderOperand(column)}, {value})";

    protected override string EndsWith(DatasetColumn column, string value) => $"right({OrderOperand(column)}, length({value})) = {value}";
}

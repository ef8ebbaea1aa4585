namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// SQLite, which has no declared types to go by. What a column must hold: text and identifiers TEXT (identifiers also INTEGER),
/// integers INTEGER (or REAL without a fraction), decimals INTEGER, REAL or TEXT (compared with the 15 significant digits of
/// SQLite's REAL when not whole), booleans INTEGER 0 or 1, dates TEXT <c>yyyy-MM-dd</c>, timestamps TEXT in UTC
/// <c>yyyy-MM-ddTHH:mm:ss[.f…][Z]</c>, with a space for the T if need be.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    /// <summary>The function that takes letter case out of a text, which connections are given.</summary>
    public const string FoldFunction = "export_fold";

    /// <summary>The function that gives a text's key in the order of a language, its second argument. It is called once for each record, a collation would be for each comparison.</summary>
    public const string OrderFunction = "export_order";

    public override string Output(DatasetColumn column) => Name(column);

    public override string KeyOutput(DatasetColumn column) => Name(column);

    public override string SortOperand(DatasetColumn column) => OrderOperand(column);

    public override string LanguageOperand(SqlText sql, DatasetColumn column, string language) =>
        $"{OrderFunction}({Text(column)}, {sql.Parameter(ColumnType.Text, language)})";

    // SQLite's own order: NULL is smaller than any value.
    public override string NullOrder(SortDirection direction) => "";

    public override string Page(SqlText sql, long offset, long? limit) => (offset, limit) switch
    {
        (0, null) => "",
        (0, not null) => $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit.Value)}",
        // SQLite knows OFFSET only after LIMIT; a negative limit is none.
        _ => $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit ?? -1)} OFFSET {sql.Parameter(ColumnType.Integer, offset)}",
    };

    protected override string EqualityOperand(DatasetColumn column) => column.Type switch
    {
        ColumnType.Text or ColumnType.Identifier => $"{Name(column)} COLLATE BINARY",
        _ => OrderOperand(column),
    };

    protected override string OrderOperand(DatasetColumn column) => column.Type switch
    {
        // The cast makes an identifier that is stored as INTEGER compare as the text it is read as.
        ColumnType.Text or ColumnType.Identifier => $"CAST({Name(column)} AS TEXT) COLLATE BINARY",
        ColumnType.Decimal => $"CAST({Name(column)} AS NUMERIC)",
        ColumnType.Timestamp => Trimmed(Name(column)),
        _ => Name(column),
    };

    protected override string Parameter(SqlText sql, ColumnType type, object value)
    {
        var name = sql.Parameter(type, value);
        return type switch
        {
            ColumnType.Decimal => $"CAST({name} AS NUMERIC)",
            ColumnType.Timestamp => Trimmed(name),
            _ => name,
        };
    }

    protected override string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values)
    {
        var list = sql.Parameter(column.Type, values, SqlParameterShape.List);
        var value = column.Type switch
        {
            ColumnType.Decimal => "CAST(value AS NUMERIC)",
            ColumnType.Timestamp => Trimmed("value"),
            _ => "value",
        };

        return $"{EqualityOperand(column)} IN (SELECT {value} FROM json_each({list}))";
    }

    protected override string InTexts(string text, string list) => $"{text} IN (SELECT value FROM json_each({list}))";

    protected override string FoldedOperand(DatasetColumn column) => $"{FoldFunction}({Text(column)})";

    protected override string TextOperand(DatasetColumn column) => Text(column);

    protected override string Contains(string text, string value) => $"instr({text}, {value}) > 0";

    protected override string StartsWith(string text, string value) => $"substr({text}, 1, length({value})) = {value}";

    protected override string EndsWith(string text, string value) => $"substr({text}, -length({value})) = {value}";

    private static string Text(DatasetColumn column) => $"CAST({Name(column)} AS TEXT)";

    // Drops the Z and the zeros at the end, so that 10:00:00Z, 10:00:00.000Z and 10:00:00 compare as equal; what is left
    // still sorts by time, since a text that ends earlier sorts first.
    private static string Trimmed(string timestamp) => $"rtrim(replace({timestamp}, ' ', 'T'), 'Z0.')";
}

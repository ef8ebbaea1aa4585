using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// PostgreSQL. Text and identifier columns may be of any type that casts to text; timestamps without a zone are taken as UTC,
/// for which the session's time zone must be UTC.
/// </summary>
/// <param name="uuids">The text and identifier columns that are uuid in the database.</param>
internal sealed class PostgresDialect(params IEnumerable<DatasetColumn> uuids) : SqlDialect
{
    /// <summary>How the server's collations end that ICU gives it, one for each language.</summary>
    public const string IcuSuffix = "-x-icu";

    /// <summary>The language of the collation that is no language's.</summary>
    public const string NoLanguage = "und";

    private readonly HashSet<DatasetColumn> _uuids = [.. uuids];

    public override string Output(DatasetColumn column) => column.Type switch
    {
        ColumnType.Text or ColumnType.Identifier => $"{Name(column)}::text",
        ColumnType.Timestamp => $"{Name(column)}::timestamptz",
        _ => Name(column),
    };

    // Whole numbers are exact as they come, and as text they would cost the server some time for each record.
    public override string KeyOutput(DatasetColumn column) => column.Type == ColumnType.Integer ? Name(column) : $"{Name(column)}::text";

    public override string SortOperand(DatasetColumn column) => OrderOperand(column);

    public override string LanguageOperand(SqlText sql, DatasetColumn column, string language) =>
        $"{Name(column)}::text COLLATE pg_catalog.{SqlText.Quote(language + IcuSuffix)}";

    public override string NullOrder(SortDirection direction) => direction == SortDirection.Ascending ? " NULLS FIRST" : " NULLS LAST";

    public override string Page(SqlText sql, long offset, long? limit)
    {
        var limited = limit is null ? "" : $"\nLIMIT {sql.Parameter(ColumnType.Integer, limit.Value)}";
        return offset == 0 ? limited : $"{limited}\nOFFSET {sql.Parameter(ColumnType.Integer, offset)}";
    }

    protected override string? ConditionOfOwn(SqlText sql, Comparison comparison) =>
        _uuids.Contains(comparison.Column) ? PostgresUuids.Condition(sql, Name(comparison.Column), comparison) : null;

    // Without a collation an index of the database's own collation can serve; equality is bytewise in any deterministic one.
    protected override string EqualityOperand(DatasetColumn column) => Output(column);

    // The bytewise order of UTF-8, as in SQLite, whatever the database's collation.
    protected override string OrderOperand(DatasetColumn column) =>
        column.IsText ? $"{Name(column)}::text COLLATE \"C\"" : Output(column);

    protected override string Parameter(SqlText sql, ColumnType type, object value) => sql.Parameter(type, value);

    protected override string In(SqlText sql, DatasetColumn column, IReadOnlyList<object> values) =>
        $"{EqualityOperand(column)} = ANY({sql.Parameter(column.Type, values, SqlParameterShape.List)})";

    protected override string InTexts(string text, string list) => $"{text} = ANY({list})";

    // ICU's lower case is the simple one of each letter, but for the final sigma and İ, which it takes in full.
    protected override string FoldedOperand(DatasetColumn column) =>
        $"(replace(translate(lower({Name(column)}::text COLLATE pg_catalog.\"{NoLanguage}{IcuSuffix}\"), '{CaseFolding.Variants}', '{CaseFolding.VariantFolds}'), '\u00DF', 'ss') COLLATE \"C\")";

    protected override string TextOperand(DatasetColumn column) => OrderOperand(column);

    protected override string Contains(string text, string value) => $"strpos({text}, {value}) > 0";

    protected override string StartsWith(string text, string value) => $"starts_with({text}, {value})";

    protected override string EndsWith(string text, string value) => $"right({text}, length({value})) = {value}";
}

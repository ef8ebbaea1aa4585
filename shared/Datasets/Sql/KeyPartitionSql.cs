using System.Globalization;

namespace ExportFunctions.Datasets.Sql;

/// <summary>Statements that find the range boundaries of a query.</summary>
internal static class KeyPartitionSql
{
    /// <summary>
    /// The keys of every n-th record, in order, with the total record count in the last column. Reads each record's key once.
    /// </summary>
    public static SqlStatement EveryNth(RowQuery query, SqlDialect dialect, long step)
    {
        var sql = new SqlText().Add("SELECT ").Add(Numbered(query, "k")).Add("\nFROM (SELECT ").Add(Keys(query));
        sql.Add(string.Create(CultureInfo.InvariantCulture, $", row_number() OVER (ORDER BY {Order(query)}) AS nth")).Add(
            RowQuerySql.From(query.Dataset));
        RowQuerySql.AddWhere(sql, query, dialect);
        return sql.Add(string.Create(CultureInfo.InvariantCulture, $") AS numbered\nWHERE nth % {step} = 0\nORDER BY nth")).ToStatement();
    }

    /// <summary>The planner's row estimate, as JSON.</summary>
    public static SqlStatement Estimate(RowQuery query, SqlDialect dialect)
    {
        var sql = new SqlText().Add("EXPLAIN (FORMAT JSON) SELECT 1").Add(RowQuerySql.From(query.Dataset));
        RowQuerySql.AddWhere(sql, query, dialect);
        return sql.ToStatement();
    }

    /// <summary>
    /// From a sample: the last key of each part except the last, as text, with the sample size in the last column. If there is only one
    /// part, a row of nulls with that size.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="share">The share of records, or of the table's pages, in the sample: above 0 and up to 1.</param>
    /// <param name="ofPages">Whether whole table pages are sampled, and the others not read.</param>
    /// <param name="rows">Records per part.</param>
    /// <param name="maxParts">The maximum number of parts.</param>
    public static SqlStatement Sample(RowQuery query, SqlDialect dialect, double share, bool ofPages, long rows, int maxParts)
    {
        var sql = new SqlText().Add("WITH sample AS MATERIALIZED (SELECT ").Add(Keys(query)).Add(RowQuerySql.From(query.Dataset));
        var chance = share.ToString("0.##########", CultureInfo.InvariantCulture);
        if (ofPages)
            sql.Add(string.Create(CultureInfo.InvariantCulture, $" TABLESAMPLE SYSTEM ({Math.Min(share * 100, 100):0.##########})"));
        RowQuerySql.AddWhere(sql, query, dialect, ofPages || share >= 1 ? null : $"random() < {chance}");
        var parts = string.Create(CultureInfo.InvariantCulture, $"least({maxParts}, greatest(1, ceil(n / {chance} / {rows})))::bigint");
        sql.Add($"),\nsized AS (SELECT n, {parts} AS parts FROM (SELECT count(*) AS n FROM sample) AS counted),\n")
            .Add($"numbered AS (SELECT {Numbered(query, "k")}, row_number() OVER (ORDER BY {Numbered(query, "k")}) AS nth FROM sample)\n")
            .Add("SELECT ").Add(string.Join(", ", query.Dataset.Key.Select((_, index) => $"k{index}::text"))).Add(", n\n")
            .Add("FROM sized LEFT JOIN numbered ON nth < n AND nth * parts / n <> (nth - 1) * parts / n\nORDER BY nth");
        return sql.ToStatement();
    }

    private static string Keys(RowQuery query) =>
        string.Join(", ", query.Dataset.Key.Select(
            (column, index) => string.Create(CultureInfo.InvariantCulture, $"{RowQuerySql.KeyColumn(column)} AS k{index}")));

    private static string Numbered(RowQuery query, string prefix) =>
        string.Join(", ", query.Dataset.Key.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}")));

    private static string Order(RowQuery query) => string.Join(", ", query.Dataset.Key.Select(RowQuerySql.KeyColumn));
}

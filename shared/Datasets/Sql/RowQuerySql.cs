using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Partitioning;

namespace ExportFunctions.Datasets.Sql;

/// <summary>Turns a <see cref="RowQuery"/> into statements: identifiers from the definition, everything else as parameters.</summary>
internal static class RowQuerySql
{
    /// <summary>
    /// The statement that reads the query's rows in its order; key columns follow the others (<see cref="RowQueryKeys"/>).
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="dialect">The engine's dialect.</param>
    public static SqlStatement Select(RowQuery query, SqlDialect dialect)
    {
        var sql = new SqlText()
            .Add("SELECT ")
            .Add(string.Join(", ", query.Columns.Select(dialect.Output).Concat(RowQueryKeys.Behind(query).Select(dialect.KeyOutput))))
            .Add(From(query.Dataset));
        AddWhere(sql, query, dialect);
        sql.Add("\nORDER BY ").Add(string.Join(", ", Order(sql, query, dialect)));
        sql.Add(dialect.Page(sql, query.Offset, query.Limit));
        return sql.ToStatement();
    }

    /// <summary>The statement that counts the records up to the end of the page; <see cref="RowsOf"/> subtracts the offset.</summary>
    /// <param name="query">The query.</param>
    /// <param name="dialect">The engine's dialect.</param>
    public static SqlStatement Count(RowQuery query, SqlDialect dialect)
    {
        var sql = new SqlText();
        if (query.Limit is not { } limit)
        {
            sql.Add("SELECT count(*)").Add(From(query.Dataset));
            AddWhere(sql, query, dialect);
            return sql.ToStatement();
        }

        // A limited count stops at the page's end instead of scanning the whole table.
        var end = query.Offset > long.MaxValue - limit ? long.MaxValue : query.Offset + limit;
        sql.Add("SELECT count(*) FROM (SELECT 1 AS one").Add(From(query.Dataset));
        AddWhere(sql, query, dialect);
        sql.Add(dialect.Page(sql, 0, end)).Add(") AS page");
        return sql.ToStatement();
    }

    /// <summary>The statement used to describe columns as they are in the database; it reads no rows.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="columns">The columns; at least one.</param>
    public static SqlStatement Describe(Dataset dataset, IEnumerable<DatasetColumn> columns) =>
        new SqlText().Add("SELECT ").Add(string.Join(", ", columns.Select(KeyColumn))).Add(From(dataset)).Add("\nLIMIT 0").ToStatement();

    /// <summary>The number of rows of the page, from the result of the count statement.</summary>
    /// <param name="query">The query.</param>
    /// <param name="counted">The count statement's result.</param>
    public static long RowsOf(RowQuery query, long counted) =>
        Math.Min(Math.Max(0, counted - query.Offset), query.Limit ?? long.MaxValue);

    /// <summary>
    /// A column of the key. A key has no empty values, and any fixed order of it will do: as the plain column, it can use the key's index.
    /// </summary>
    public static string KeyColumn(DatasetColumn column) => $"t.{SqlText.Quote(column.SqlName)}";

    /// <summary>The FROM clause for the records, with the alias <c>t</c>.</summary>
    public static string From(Dataset dataset) => dataset.Table is { } table
        ? $"\nFROM {string.Join('.', table.Select(SqlText.Quote))} AS t"
        // On lines of its own, so that a comment at the query's end can't swallow the parenthesis.
        : $"\nFROM (\n{dataset.Query!.AsSpan().TrimEnd("; \t\r\n")}\n) AS t";

    /// <summary>Adds the query's conditions, plus an extra one.</summary>
    public static void AddWhere(SqlText sql, RowQuery query, SqlDialect dialect, string? more = null)
    {
        var conditions = new List<string>();
        if (query.Filter is not null)
            conditions.Add(Condition(sql, query.Filter, dialect));
        if (query.Range?.After is { } after)
            conditions.Add(Compared(sql, query.Dataset, ">", after));
        if (query.Range?.UpTo is { } upTo)
            conditions.Add(Compared(sql, query.Dataset, "<=", upTo));
        if (more is not null)
            conditions.Add(more);
        if (conditions.Count > 0)
            sql.Add("\nWHERE ").Add(string.Join("\n  AND ", conditions));
    }

    // A single column without parentheses, several as a row value: an index on the key supports both.
    private static string Compared(SqlText sql, Dataset dataset, string comparison, KeyBoundary boundary)
    {
        var columns = string.Join(", ", dataset.Key.Select(KeyColumn));
        var values = string.Join(", ", boundary.Values.Select(value => sql.Parameter(ColumnType.Text, value, SqlParameterShape.Key)));
        return dataset.Key.Count == 1 ? $"{columns} {comparison} {values}" : $"({columns}) {comparison} ({values})";
    }

    // A condition may evaluate to NULL instead of false. AND, OR and WHERE treat the two alike, and IS NOT TRUE negates both.
    private static string Condition(SqlText sql, Filter filter, SqlDialect dialect) => filter switch
    {
        AllOf all => $"({string.Join(" AND ", all.Parts.Select(part => Condition(sql, part, dialect)))})",
        AnyOf any => $"({string.Join(" OR ", any.Parts.Select(part => Condition(sql, part, dialect)))})",
        Not not => $"(({Condition(sql, not.Part, dialect)}) IS NOT TRUE)",
        Comparison comparison => $"({dialect.Condition(sql, comparison)})",
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static IEnumerable<string> Order(SqlText sql, RowQuery query, SqlDialect dialect)
    {
        foreach (var key in query.Sort)
        {
            var words = $"{(key.Direction == SortDirection.Descending ? " DESC" : "")}{dialect.NullOrder(key.Direction)}";
            if (key.Collation is { } language)
                yield return dialect.LanguageOperand(sql, key.Column, language) + words;
            yield return dialect.SortOperand(key.Column) + words;
        }

        foreach (var column in query.Dataset.Key)
        {
            if (!query.Sort.Any(key => key.Column == column))
                yield return KeyColumn(column);
        }
    }
}

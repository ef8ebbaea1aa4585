using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Datasets.Sql;

/// <summary>Turns a <see cref="RowQuery"/> into statements: identifiers from the definition, everything else as parameters.</summary>
internal static class RowQuerySql
{
    /// <summary>The statement that reads the query's rows in its order.</summary>
    /// <param name="query">The query.</param>
    /// <param name="dialect">The engine's dialect.</param>
    public static SqlStatement Select(RowQuery query, SqlDialect dialect)
    {
        var sql = new SqlText()
            .Add("SELECT ")
            .Add(string.Join(", ", query.Columns.Select(dialect.Output)))
            .Add(From(query.Dataset));
        AddWhere(sql, query, dialect);
        sql.Add("\nORDER BY ").Add(string.Join(", ", Order(query, dialect)));
        sql.Add(dialect.Page(sql, query.Offset, query.Limit));
        return sql.ToStatement();
    }

    /// <summary>The statement that counts the records up to the end of the page; <see cref="RowsOf"/> takes the offset off.</summary>
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

        // A limited count stops at the page's end instead of going through the whole table.
        var end = query.Offset > long.MaxValue - limit ? long.MaxValue : query.Offset + limit;
        sql.Add("SELECT count(*) FROM (SELECT 1 AS one").Add(From(query.Dataset));
        AddWhere(sql, query, dialect);
        sql.Add(dialect.Page(sql, 0, end)).Add(") AS page");
        return sql.ToStatement();
    }

    /// <summary>The rows of the page, from what the count statement gave.</summary>
    /// <param name="query">The query.</param>
    /// <param name="counted">The count statement's result.</param>
    public static long RowsOf(RowQuery query, long counted) =>
        Math.Min(Math.Max(0, counted - query.Offset), query.Limit ?? long.MaxValue);

    private static string From(Dataset dataset) => dataset.Table is { } table
        ? $"\nFROM {string.Join('.', table.Select(SqlText.Quote))} AS t"
        // On lines of its own, so that a comment at the query's end can't swallow the parenthesis.
        : $"\nFROM (\n{dataset.Query!.AsSpan().TrimEnd("; \t\r\n")}\n) AS t";

    private static void AddWhere(SqlText sql, RowQuery query, SqlDialect dialect)
    {
        if (query.Filter is not null)
            sql.Add("\nWHERE ").Add(Condition(sql, query.Filter, dialect));
    }

    // A condition may come out as NULL instead of false. AND, OR and WHERE treat the two alike, and IS NOT TRUE turns both round.
    private static string Condition(SqlText sql, Filter filter, SqlDialect dialect) => filter switch
    {
        AllOf all => $"({string.Join(" AND ", all.Parts.Select(part => Condition(sql, part, dialect)))})",
        AnyOf any => $"({string.Join(" OR ", any.Parts.Select(part => Condition(sql, part, dialect)))})",
        Not not => $"(({Condition(sql, not.Part, dialect)}) IS NOT TRUE)",
        Comparison comparison => $"({dialect.Condition(sql, comparison)})",
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static IEnumerable<string> Order(RowQuery query, SqlDialect dialect)
    {
        foreach (var (column, direction) in query.Sort)
            yield return $"{dialect.SortOperand(column)}{(direction == SortDirection.Descending ? " DESC" : "")}{dialect.NullOrder(direction)}";

        // A key has no empty values, and any fixed order of it will do: as the plain column, the key's index can serve.
        foreach (var column in query.Dataset.Key)
        {
            if (!query.Sort.Any(key => key.Column == column))
                yield return $"t.{SqlText.Quote(column.SqlName)}";
        }
    }
}

using ExportFunctions.Datasets.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Queries the column types declared in SQLite tables.</summary>
internal static class SqliteTypes
{
    /// <summary>The dialect for a query.</summary>
    /// <param name="connection">The connection, open.</param>
    /// <param name="query">The query.</param>
    /// <exception cref="SqliteException">The query can't run.</exception>
    public static SqliteDialect DialectFor(SqliteConnection connection, RowQuery query)
    {
        DatasetColumn[] integers = [.. RowQueryColumns.Compared(query).Where(column => column.Type == ColumnType.Integer)];
        if (integers.Length == 0)
            return new SqliteDialect(new HashSet<DatasetColumn>());

        var sql = $"SELECT {string.Join(", ", integers.Select(RowQuerySql.KeyColumn))}{RowQuerySql.From(query.Dataset)}";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement), connection.Handle);
        using (statement)
            return new SqliteDialect(
                integers.Where((_, i) => IsNumeric(raw.sqlite3_column_decltype(statement, i).utf8_to_string())).ToHashSet());
    }

    // https://sqlite.org/datatype3.html, 3.1; a type with none of these words also has numeric affinity.
    private static bool IsNumeric(string? declaredType)
    {
        if (string.IsNullOrWhiteSpace(declaredType))
            return false;

        bool Has(string word) => declaredType.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Has("INT") || !(Has("CHAR") || Has("CLOB") || Has("TEXT") || Has("BLOB"));
    }
}

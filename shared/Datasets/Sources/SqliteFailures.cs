using ExportFunctions.Problems;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Maps SQLite errors to export failures (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFailures
{
    /// <summary>The failure for an error.</summary>
    /// <param name="error">The error from SQLite.</param>
    /// <param name="source">The source.</param>
    /// <param name="dataset">The dataset being read; null when only the source is checked.</param>
    public static ExportFailureException From(SqliteException error, DataSource source, Dataset? dataset) => error.SqliteErrorCode switch
    {
        raw.SQLITE_CANTOPEN => SourceFailures.Unavailable(source, "its database file is missing or can't be opened.", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => SourceFailures.Unavailable(source, "another program has locked its database.", error),
        raw.SQLITE_NOTADB => SourceFailures.Invalid(source, "its file is not a SQLite database.", error),
        raw.SQLITE_CORRUPT => SourceFailures.Invalid(source, "its database file is damaged.", error),
        raw.SQLITE_PERM or raw.SQLITE_AUTH => SourceFailures.Denied(source, dataset, error),
        raw.SQLITE_ERROR or raw.SQLITE_READONLY or raw.SQLITE_MISMATCH when dataset is not null => FromStatement(error, source, dataset),
        _ => SourceFailures.Unavailable(source, $"its database reported error {error.SqliteErrorCode}.", error),
    };

    // SQLITE_ERROR reveals its cause only in its text; the texts are SQLite's own and have not changed in years.
    private static ExportFailureException FromStatement(SqliteException error, DataSource source, Dataset dataset)
    {
        const string NoColumn = "no such column: ";
        var at = error.Message.IndexOf(NoColumn, StringComparison.Ordinal);
        if (at >= 0)
            return SourceFailures.ColumnMissing(source, dataset, FindColumn(error.Message.AsSpan(at + NoColumn.Length), dataset), error);

        return error.Message.Contains("no such table: ", StringComparison.Ordinal)
            ? SourceFailures.TableMissing(source, dataset, error)
            : SourceFailures.QueryInvalid(source, dataset, error);
    }

    private static DatasetColumn? FindColumn(ReadOnlySpan<char> name, Dataset dataset)
    {
        foreach (var column in dataset.Columns)
        {
            if (name.StartsWith($"t.{column.SqlName}'", StringComparison.OrdinalIgnoreCase))
                return column;
        }

        return null;
    }
}

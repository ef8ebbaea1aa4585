using System.Globalization;
using ExportFunctions.Datasets.Cutting;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Keys of SQLite's records. What a value is held as is the value's own matter, not the column's.</summary>
internal static class SqliteKey
{
    /// <summary>The key in a statement's present row.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="first">The position of the key's first column.</param>
    /// <param name="count">The number of its columns.</param>
    public static KeyBoundary Of(sqlite3_stmt statement, int first, int count) => new([.. Enumerable.Range(first, count).Select(column => ValueOf(statement, column))]);

    private static KeyValue ValueOf(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => new KeyValue(KeyValueKind.Integer, raw.sqlite3_column_int64(statement, column).ToString(CultureInfo.InvariantCulture)),
        raw.SQLITE_FLOAT => new KeyValue(KeyValueKind.Real, raw.sqlite3_column_double(statement, column).ToString("R", CultureInfo.InvariantCulture)),
        _ => new KeyValue(KeyValueKind.Text, raw.sqlite3_column_text(statement, column).utf8_to_string()),
    };
}

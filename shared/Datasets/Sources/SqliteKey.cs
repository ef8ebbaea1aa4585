using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ExportFunctions.Datasets.Partitioning;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Keys of SQLite's records. A value's storage class belongs to the value, not the column.</summary>
internal static unsafe class SqliteKey
{
    /// <summary>
    /// The key in a statement's current row; null when it has a value that can't be used in a query again: NULL, a blob, or invalid text.
    /// </summary>
    /// <param name="statement">The statement, of a connection whose mutex the caller holds or that is not shared.</param>
    /// <param name="first">The index of the key's first column.</param>
    /// <param name="count">The number of its columns.</param>
    public static KeyBoundary? Of(nint statement, int first, int count)
    {
        var values = new KeyValue[count];
        for (var column = 0; column < count; column++)
        {
            if (ValueOf(SqliteNative.Value(statement, first + column)) is not { } value)
                return null;

            values[column] = value;
        }

        return new KeyBoundary(values);
    }

    private static KeyValue? ValueOf(nint value) => SqliteNative.Storage(value) switch
    {
        raw.SQLITE_INTEGER => new KeyValue(KeyValueKind.Integer, SqliteNative.Integer(value).ToString(CultureInfo.InvariantCulture)),
        raw.SQLITE_FLOAT => new KeyValue(KeyValueKind.Real, SqliteNative.Real(value).ToString("R", CultureInfo.InvariantCulture)),
        raw.SQLITE_TEXT => TextOf(value),
        _ => null,
    };

    private static KeyValue? TextOf(nint value)
    {
        var start = SqliteNative.Text(value);
        var text = new ReadOnlySpan<byte>(start, SqliteNative.TextLength(value));
        return start is not null && Utf8.IsValid(text) && !text.Contains((byte)0) ? new KeyValue(
            KeyValueKind.Text, Encoding.UTF8.GetString(text)) : null;
    }
}

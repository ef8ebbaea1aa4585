using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Rows;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Copies one cell into a batch by the column's declared type. Takes those stored forms only that <see cref="Sql.SqliteDialect"/>
/// compares rightly, so that what is exported is what filters and sorting go by.
/// </summary>
internal static class SqliteCell
{
    /// <summary>Copies a cell that is not NULL; false when what is stored is not of the declared type.</summary>
    public static bool TryCopy(sqlite3_stmt statement, int column, int storage, ColumnType type, RowBatch batch) => type switch
    {
        ColumnType.Integer => TryCopyInteger(statement, column, storage, batch),
        ColumnType.Decimal => TryCopyDecimal(statement, column, storage, batch),
        ColumnType.Boolean => TryCopyBoolean(statement, column, storage, batch),
        ColumnType.Date => TryCopyDate(statement, column, storage, batch),
        ColumnType.Timestamp => TryCopyTimestamp(statement, column, storage, batch),
        _ => TryCopyText(statement, column, storage, batch),
    };

    private static bool TryCopyInteger(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        if (storage == raw.SQLITE_INTEGER)
        {
            batch.SetInteger(column, raw.sqlite3_column_int64(statement, column));
            return true;
        }

        if (storage != raw.SQLITE_FLOAT)
            return false;

        // 2^63 itself is a double, and one too large.
        var number = raw.sqlite3_column_double(statement, column);
        if (number != Math.Truncate(number) || number is < -9223372036854775808d or >= 9223372036854775808d)
            return false;

        batch.SetInteger(column, (long)number);
        return true;
    }

    private static bool TryCopyDecimal(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        switch (storage)
        {
            case raw.SQLITE_INTEGER:
                batch.SetDecimal(column, raw.sqlite3_column_int64(statement, column));
                return true;

            // The conversion keeps 15 significant digits, which takes off what binary fractions add: 0.1 + 0.2 is 0.3.
            case raw.SQLITE_FLOAT when raw.sqlite3_column_double(statement, column) is var number && Math.Abs(number) < (double)decimal.MaxValue:
                batch.SetDecimal(column, (decimal)number);
                return true;

            case raw.SQLITE_TEXT when decimal.TryParse(Utf8(statement, column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value):
                batch.SetDecimal(column, value);
                return true;

            default:
                return false;
        }
    }

    private static bool TryCopyBoolean(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        var number = raw.sqlite3_column_int64(statement, column);
        if (storage != raw.SQLITE_INTEGER || number is not (0 or 1))
            return false;

        batch.SetBoolean(column, number == 1);
        return true;
    }

    private static bool TryCopyDate(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        if (storage != raw.SQLITE_TEXT || !SqliteTimes.TryReadDate(Utf8(statement, column), out var date))
            return false;

        batch.SetDate(column, date);
        return true;
    }

    private static bool TryCopyTimestamp(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        if (storage != raw.SQLITE_TEXT || !SqliteTimes.TryReadTimestamp(Utf8(statement, column), out var time))
            return false;

        batch.SetTimestamp(column, time);
        return true;
    }

    private static bool TryCopyText(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        if (storage == raw.SQLITE_BLOB)
            return false;

        var text = Utf8(statement, column);
        if (System.Text.Unicode.Utf8.IsValid(text))
            batch.SetText(column, text);
        else
            batch.SetText(column, Encoding.UTF8.GetString(text));

        return true;
    }

    // Asking for the text first makes SQLite convert numbers and UTF-16 databases to UTF-8 in place; the blob is then the same
    // bytes with their length, which the text call does not give.
    private static ReadOnlySpan<byte> Utf8(sqlite3_stmt statement, int column)
    {
        _ = raw.sqlite3_column_text(statement, column);
        return raw.sqlite3_column_blob(statement, column);
    }
}

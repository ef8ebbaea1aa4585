using System.Text;
using ExportFunctions.Datasets.Rows;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Copies one cell into a batch by the column's declared type. Takes those stored forms only that <see cref="Sql.SqliteDialect"/>
/// compares rightly, so that what is exported is what filters and sorting go by.
/// </summary>
internal static class SqliteCell
{
    /// <summary>Copies a cell that is not NULL; false when what is stored is not of the declared type.</summary>
    /// <param name="value">The cell, of a row whose connection's mutex the caller holds.</param>
    /// <param name="storage">What it is stored as.</param>
    /// <param name="column">The column's position.</param>
    /// <param name="type">The column's declared type.</param>
    /// <param name="batch">Where it goes.</param>
    public static bool TryCopy(nint value, int storage, int column, ColumnType type, RowBatch batch) => type switch
    {
        ColumnType.Integer => TryCopyInteger(value, storage, column, batch),
        ColumnType.Decimal => TryCopyDecimal(value, storage, column, batch),
        ColumnType.Boolean => TryCopyBoolean(value, storage, column, batch),
        ColumnType.Date => TryCopyDate(value, storage, column, batch),
        ColumnType.Timestamp => TryCopyTimestamp(value, storage, column, batch),
        _ => TryCopyText(value, storage, column, batch),
    };

    private static bool TryCopyInteger(nint value, int storage, int column, RowBatch batch)
    {
        if (storage == raw.SQLITE_INTEGER)
        {
            batch.SetInteger(column, SqliteNative.Integer(value));
            return true;
        }

        if (storage != raw.SQLITE_FLOAT)
            return false;

        // 2^63 itself is a double, and one too large.
        var number = SqliteNative.Real(value);
        if (number != Math.Truncate(number) || number is < -9223372036854775808d or >= 9223372036854775808d)
            return false;

        batch.SetInteger(column, (long)number);
        return true;
    }

    private static bool TryCopyDecimal(nint value, int storage, int column, RowBatch batch)
    {
        decimal number;
        if (storage == raw.SQLITE_INTEGER)
            number = SqliteNative.Integer(value);
        else if (storage == raw.SQLITE_FLOAT ? !SqliteDecimals.TryConvert(SqliteNative.Real(value), out number) : !TryReadDecimal(value, storage, out number))
            return false;

        batch.SetDecimal(column, number);
        return true;
    }

    private static bool TryReadDecimal(nint value, int storage, out decimal number)
    {
        number = 0;
        return storage == raw.SQLITE_TEXT && SqliteDecimals.TryRead(Utf8(value), out number);
    }

    private static bool TryCopyBoolean(nint value, int storage, int column, RowBatch batch)
    {
        if (storage != raw.SQLITE_INTEGER || SqliteNative.Integer(value) is not ((0 or 1) and var number))
            return false;

        batch.SetBoolean(column, number == 1);
        return true;
    }

    private static bool TryCopyDate(nint value, int storage, int column, RowBatch batch)
    {
        if (storage != raw.SQLITE_TEXT || !SqliteTimes.TryReadDate(Utf8(value), out var date))
            return false;

        batch.SetDate(column, date);
        return true;
    }

    private static bool TryCopyTimestamp(nint value, int storage, int column, RowBatch batch)
    {
        if (storage != raw.SQLITE_TEXT || !SqliteTimes.TryReadTimestamp(Utf8(value), out var time))
            return false;

        batch.SetTimestamp(column, time);
        return true;
    }

    private static bool TryCopyText(nint value, int storage, int column, RowBatch batch)
    {
        if (storage == raw.SQLITE_BLOB)
            return false;

        // SQLite stores whatever bytes it was given.
        var text = Utf8(value);
        if (System.Text.Unicode.Utf8.IsValid(text))
            batch.SetText(column, text);
        else
            batch.SetText(column, Encoding.UTF8.GetString(text));

        return true;
    }

    private static unsafe ReadOnlySpan<byte> Utf8(nint value)
    {
        var text = SqliteNative.Text(value);
        if (text is null)
            throw new SqliteException("SQLite has no memory for a text.", raw.SQLITE_NOMEM);

        return new ReadOnlySpan<byte>(text, SqliteNative.TextLength(value));
    }
}

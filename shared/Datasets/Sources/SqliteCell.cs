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
        if (storage != raw.SQLITE_TEXT || !TryReadDate(Utf8(statement, column), out var date))
            return false;

        batch.SetDate(column, date);
        return true;
    }

    private static bool TryCopyTimestamp(sqlite3_stmt statement, int column, int storage, RowBatch batch)
    {
        if (storage != raw.SQLITE_TEXT || !TryReadTimestamp(Utf8(statement, column), out var time))
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

    /// <summary>Reads <c>yyyy-MM-dd</c>.</summary>
    private static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
            return false;

        if (!TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..], out var day))
            return false;

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Reads <c>yyyy-MM-ddTHH:mm:ss[.f…][Z]</c> with T or a space, at most seven digits of fraction.</summary>
    private static bool TryReadTimestamp(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length < 19 || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':' || !TryReadDate(text[..10], out var date))
            return false;

        if (!TryReadDigits(text[11..13], out var hour) || !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..19], out var second))
            return false;

        if (hour > 23 || minute > 59 || second > 59 || !TryReadFraction(text[19..], out var ticks))
            return false;

        time = date.ToDateTime(new TimeOnly(hour, minute, second), DateTimeKind.Utc).AddTicks(ticks);
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.EndsWith("Z"u8))
            text = text[..^1];

        if (text.IsEmpty)
            return true;

        var digits = text[1..];
        if (text[0] != '.' || digits.Length is 0 or > 7 || !TryReadDigits(digits, out var fraction))
            return false;

        ticks = fraction;
        for (var i = digits.Length; i < 7; i++)
            ticks *= 10;

        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
                return false;

            number = (number * 10) + (character - '0');
        }

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

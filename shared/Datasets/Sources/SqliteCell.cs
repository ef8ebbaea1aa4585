using System.Runtime.CompilerServices;
using System.Text;
using ExportFunctions.Datasets.Values;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Reads one cell by its column's declared type, whatever its storage class: SQLite columns are dynamically typed.
/// <see cref="SqliteFunctions"/> reads the same way for filters and sorts, so that they see the exported values.
/// </summary>
internal static class SqliteCell
{
    /// <summary>A cell as UTF-8; numbers are converted in place.</summary>
    /// <exception cref="SqliteException">Out of memory.</exception>
    public static unsafe ReadOnlySpan<byte> Utf8(nint value)
    {
        var text = SqliteNative.Text(value);
        if (text is null)
            throw new SqliteException("SQLite has no memory for a text.", raw.SQLITE_NOMEM);

        return new ReadOnlySpan<byte>(text, SqliteNative.TextLength(value));
    }

    /// <summary>Reads an integer.</summary>
    public static bool TryReadInteger(nint value, int storage, out long number)
    {
        number = 0;
        switch (storage)
        {
            case raw.SQLITE_INTEGER:
                number = SqliteNative.Integer(value);
                return true;
            case raw.SQLITE_FLOAT:
                // 2^63 itself is a valid double, but out of range.
                var real = SqliteNative.Real(value);
                number = real is >= -9223372036854775808d and < 9223372036854775808d ? (long)real : 0;
                return real == Math.Truncate(real) && real is >= -9223372036854775808d and < 9223372036854775808d;
            case raw.SQLITE_TEXT:
                return TypedText.TryReadInteger(TypedText.Trim(Utf8(value)), out number);
            default:
                return false;
        }
    }

    /// <summary>Reads a decimal.</summary>
    public static NumberReading ReadDecimal(nint value, int storage, int? scale, int minScale, out decimal number)
    {
        number = 0;
        switch (storage)
        {
            case raw.SQLITE_INTEGER:
                number = SqliteNative.Integer(value);
                if (scale is null && minScale > 0)
                    number += new decimal(0, 0, 0, false, (byte)minScale);
                return NumberReading.Exact;
            case raw.SQLITE_FLOAT when double.IsFinite(SqliteNative.Real(value)):
                return DecimalReading.Read(SqliteNative.Real(value), scale, minScale, out number);
            case raw.SQLITE_TEXT:
                return DecimalReading.Read(TypedText.Trim(Utf8(value)), scale, minScale, out number);
            default:
                return NumberReading.None;
        }
    }

    /// <summary>Reads true or false.</summary>
    public static bool TryReadBoolean(nint value, int storage, out bool yes)
    {
        if (storage == raw.SQLITE_TEXT)
            return TypedText.TryReadBoolean(TypedText.Trim(Utf8(value)), out yes);

        var isRead = TryReadInteger(value, storage, out var number) && number is 0 or 1;
        yes = number == 1;
        return isRead;
    }

    /// <summary>Reads a date, timestamp, local timestamp or time of day, in ticks.</summary>
    public static bool TryReadTime(nint value, int storage, ColumnType type, StoredForm? form, out long ticks, out bool isTruncated)
    {
        (ticks, isTruncated) = (0, false);
        if (form is { } stored)
            return storage is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT or raw.SQLITE_TEXT && TryReadStored(
                value, storage, type, stored, out ticks, out isTruncated);

        return storage == raw.SQLITE_TEXT && ClockText.TryRead(TypedText.Trim(Utf8(value)), type, out ticks, out isTruncated);
    }

    /// <summary>
    /// Writes the shortest digits of a floating-point number in a text column; whole numbers keep a <c>.0</c>, as SQLite writes them.
    /// </summary>
    /// <param name="real">The number.</param>
    /// <param name="text">At least <see cref="DecimalReading.MaxRealLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int WriteReal(double real, Span<byte> text)
    {
        if (double.IsInfinity(real))
            return Encoding.ASCII.GetBytes(real > 0 ? "Infinity" : "-Infinity", text);

        var length = DecimalReading.Write(real, text);
        if (text[..length].ContainsAny((byte)'.', (byte)'E'))
            return length;

        ".0"u8.CopyTo(text[length..]);
        return length + 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadStored(nint value, int storage, ColumnType type, StoredForm stored, out long ticks, out bool isTruncated)
    {
        Span<byte> digits = stackalloc byte[DecimalReading.MaxRealLength];
        var text = storage switch
        {
            raw.SQLITE_FLOAT => digits[..DecimalReading.Write(SqliteNative.Real(value), digits)],
            _ => TypedText.Trim(Utf8(value)),
        };
        return StoredTimes.TryRead(
            stored, text, out ticks, out isTruncated) && (type != ColumnType.Date || (!isTruncated && ticks % TimeSpan.TicksPerDay == 0));
    }
}

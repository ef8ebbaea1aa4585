using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExportFunctions.Datasets.Values;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// SQL functions that read stored values as <see cref="SqliteCell"/> does, for filters and sorts: integers unchanged, booleans as 0 and 1,
/// dates and times as ticks, decimals as bytes that sort numerically. Empty or unreadable values are NULL.
/// </summary>
internal static unsafe class SqliteFunctions
{
    /// <summary>The white space that is trimmed from values, as SQL.</summary>
    public const string Spaces = "char(32, 9, 10, 13, 12, 11)";

    private const int Utf8 = 1;
    private const int Deterministic = 0x800;
    private const int Innocuous = 0x20_0000;

    /// <summary>Registers the functions with a connection.</summary>
    /// <param name="connection">The connection, open.</param>
    public static void Register(SqliteConnection connection)
    {
        var handle = connection.Handle!.DangerousGetHandle();
        Register(handle, "export_integer", 1, &Integer);
        Register(handle, "export_decimal", 2, &Decimal);
        Register(handle, "export_boolean", 1, &Boolean);
        Register(handle, "export_time", 3, &Time);
        Register(handle, "export_real", 1, &Real);
    }

    /// <summary>The SQL for a column's value as it is read.</summary>
    /// <param name="column">A column that is not text.</param>
    /// <param name="name">Its name in the statement.</param>
    public static string Reading(DatasetColumn column, string name) => column.Type switch
    {
        ColumnType.Integer => $"export_integer({name})",
        ColumnType.Decimal => Decimal(name, column.Scale),
        ColumnType.Boolean => $"export_boolean({name})",
        _ => string.Create(CultureInfo.InvariantCulture, $"export_time({name}, {(int)column.Type}, {(int?)column.Stored ?? -1})"),
    };

    /// <summary>The SQL for a number's sortable bytes.</summary>
    /// <param name="name">The number's name in the statement.</param>
    /// <param name="scale">The digits to keep after the point; null keeps them all.</param>
    public static string Decimal(string name, int? scale = null) =>
        string.Create(CultureInfo.InvariantCulture, $"export_decimal({name}, {scale ?? -1})");

    /// <summary>The SQL for the shortest digits of a REAL.</summary>
    /// <param name="name">The number's name in the statement.</param>
    public static string Real(string name) => $"export_real({name})";

    private static void Register(nint connection, string name, int arguments, delegate* unmanaged[Cdecl]<nint, int, nint*, void> function)
    {
        if (SqliteNative.CreateFunction(
            connection, name, arguments, Utf8 | Deterministic | Innocuous, 0, function, 0, 0, 0) != raw.SQLITE_OK)
            throw new InvalidOperationException($"The SQL function {name} could not be registered.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Integer(nint context, int count, nint* values)
    {
        try
        {
            if (SqliteCell.TryReadInteger(values[0], SqliteNative.Storage(values[0]), out var number))
                SqliteNative.ResultInteger(context, number);
        }
        catch (Exception fault) when (fault is SqliteException or ArithmeticException or ArgumentException or InvalidOperationException)
        {
            SqliteNative.ResultNoMemory(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Boolean(nint context, int count, nint* values)
    {
        try
        {
            if (SqliteCell.TryReadBoolean(values[0], SqliteNative.Storage(values[0]), out var yes))
                SqliteNative.ResultInteger(context, yes ? 1 : 0);
        }
        catch (Exception fault) when (fault is SqliteException or ArithmeticException or ArgumentException or InvalidOperationException)
        {
            SqliteNative.ResultNoMemory(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Time(nint context, int count, nint* values)
    {
        try
        {
            var (type, form) = ((ColumnType)SqliteNative.Integer(values[1]), SqliteNative.Integer(values[2]));
            if (SqliteCell.TryReadTime(
                values[0], SqliteNative.Storage(values[0]), type, form < 0 ? null : (StoredForm)form, out var ticks, out _))
                SqliteNative.ResultInteger(context, ticks);
        }
        catch (Exception fault) when (fault is SqliteException or ArithmeticException or ArgumentException or InvalidOperationException)
        {
            SqliteNative.ResultNoMemory(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Decimal(nint context, int count, nint* values)
    {
        try
        {
            var scale = (int)SqliteNative.Integer(values[1]);
            if (KeyOf(values[0], scale < 0 ? null : scale) is not { } key)
                return;

            fixed (byte* bytes = key)
                SqliteNative.ResultBlob(context, bytes, key.Length, SqliteNative.Transient);
        }
        catch (Exception fault) when (fault is SqliteException or ArithmeticException or ArgumentException or InvalidOperationException)
        {
            SqliteNative.ResultNoMemory(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Real(nint context, int count, nint* values)
    {
        Span<byte> room = stackalloc byte[DecimalReading.MaxRealLength + 2];
        var length = SqliteCell.WriteReal(SqliteNative.Real(values[0]), room);
        fixed (byte* bytes = room)
            SqliteNative.ResultText(context, bytes, length, SqliteNative.Transient);
    }

    private static byte[]? KeyOf(nint value, int? scale)
    {
        Span<byte> room = stackalloc byte[DecimalReading.MaxRealLength];
        switch (SqliteNative.Storage(value))
        {
            case raw.SQLITE_INTEGER:
                SqliteNative.Integer(value).TryFormat(room, out var digits, default, CultureInfo.InvariantCulture);
                return DecimalReading.KeyOf(room[..digits], scale);
            case raw.SQLITE_FLOAT when double.IsFinite(SqliteNative.Real(value)):
                return DecimalReading.KeyOf(room[..DecimalReading.Write(SqliteNative.Real(value), room)], scale);
            case raw.SQLITE_TEXT:
                return DecimalReading.KeyOf(TypedText.Trim(SqliteCell.Utf8(value)), scale);
            default:
                return null;
        }
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Text functions that SQLite has only for ASCII or not at all, for the statements of <see cref="SqliteDialect"/>. They take and return
/// UTF-8: the provider's own truncate a text at its first NUL, and allocate two strings per call.
/// </summary>
internal static class SqliteTexts
{
    private const int OnStack = 512;

    // Referenced here: SQLite calls them for as long as a connection lives.
    private static readonly delegate_function_scalar FoldText = (context, _, arguments) => Fold(context, arguments[0]);
    private static readonly delegate_function_scalar OrderText = (context, _, arguments) => Order(context, arguments[0], arguments[1]);

    /// <summary>Adds the functions to a connection.</summary>
    /// <param name="connection">An open connection.</param>
    /// <exception cref="SqliteException">SQLite is out of memory.</exception>
    public static void Register(SqliteConnection connection)
    {
        Add(connection, SqliteDialect.FoldFunction, 1, FoldText);
        Add(connection, SqliteDialect.OrderFunction, 2, OrderText);
    }

    private static void Add(SqliteConnection connection, string name, int arguments, delegate_function_scalar function)
    {
        const int Flags = raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC;
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_create_function(connection.Handle, name, arguments, Flags, null, function), connection.Handle);
    }

    private static void Fold(sqlite3_context context, sqlite3_value value)
    {
        if (!TryGet(value, out var text))
        {
            raw.sqlite3_result_null(context);
            return;
        }

        if (text.IsEmpty)
        {
            // An empty span has a null pointer, which SQLite would take for NULL.
            raw.sqlite3_result_text(context, "");
            return;
        }

        if (!Ascii.IsValid(text))
        {
            raw.sqlite3_result_text(context, Encoding.UTF8.GetBytes(CaseFolding.Fold(Encoding.UTF8.GetString(text))));
            return;
        }

        var rented = text.Length > OnStack ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        var lower = rented is null ? stackalloc byte[OnStack] : rented;
        Ascii.ToLower(text, lower, out var written);
        raw.sqlite3_result_text(context, lower[..written]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Order(sqlite3_context context, sqlite3_value value, sqlite3_value language)
    {
        if (TryGet(value, out var text) && TryGet(language, out var name))
            raw.sqlite3_result_blob(context, SortLanguages.KeyOf(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(name)));
        else
            raw.sqlite3_result_null(context);
    }

    /// <summary>The UTF-8 of a value, which is SQLite's own memory; false for NULL.</summary>
    private static bool TryGet(sqlite3_value value, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (raw.sqlite3_value_type(value) == raw.SQLITE_NULL)
            return false;

        var start = raw.sqlite3_value_text(value);
        var length = raw.sqlite3_value_bytes(value);
        if (length > 0)
            text = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in start.GetPinnableReference()), length);
        return true;
    }
}

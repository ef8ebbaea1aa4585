using System.Runtime.InteropServices;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// The native calls made for every cell, on the same library that Microsoft.Data.Sqlite has loaded. SQLitePCLRaw's versions go through an
/// interface and ref-count a safe handle, which costs several times what SQLite itself needs.
/// </summary>
/// <remarks>
/// The <c>sqlite3_value_*</c> calls take no lock: the caller holds the connection's mutex (https://sqlite.org/c3ref/value.html,
/// "protected"). Those without a GC transition return in nanoseconds; only the conversion of a long UTF-16 text takes longer.
/// </remarks>
internal static unsafe partial class SqliteNative
{
    /// <summary>Tells SQLite to copy a result.</summary>
    public const nint Transient = -1;

    private const string Library = "e_sqlite3";

    /// <summary>Moves a statement to its next row; returns a result code.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    /// <summary>The connection that a statement belongs to.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_db_handle")]
    public static partial nint ConnectionOf(nint statement);

    /// <summary>A connection's mutex; null when the connection has none, which the mutex calls accept.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_db_mutex")]
    public static partial nint MutexOf(nint connection);

    /// <summary>Enters a mutex; reentrant.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_mutex_enter")]
    public static partial void Enter(nint mutex);

    /// <summary>Leaves a mutex.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_mutex_leave")]
    public static partial void Leave(nint mutex);

    /// <summary>A cell of the current row; valid until the next step.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_value")]
    [SuppressGCTransition]
    public static partial nint Value(nint statement, int column);

    /// <summary>A cell's storage class, one of SQLite's five.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_type")]
    [SuppressGCTransition]
    public static partial int Storage(nint value);

    /// <summary>The integer of a cell.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64")]
    [SuppressGCTransition]
    public static partial long Integer(nint value);

    /// <summary>The number of a cell.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_double")]
    [SuppressGCTransition]
    public static partial double Real(nint value);

    /// <summary>A cell as UTF-8; numbers and UTF-16 are converted in place; null when out of memory.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_text")]
    [SuppressGCTransition]
    public static partial byte* Text(nint value);

    /// <summary>Registers a function with a connection; returns a result code.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_create_function_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateFunction(
        nint connection,
        string name,
        int arguments,
        int flags,
        nint application,
        delegate* unmanaged[Cdecl]<nint,
        int,
        nint*,
        void> function,
        nint step,
        nint final,
        nint destroy);

    /// <summary>A function's result: an integer.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_result_int64")]
    [SuppressGCTransition]
    public static partial void ResultInteger(nint context, long value);

    /// <summary>A function's result: bytes.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_result_blob")]
    public static partial void ResultBlob(nint context, byte* value, int length, nint destructor);

    /// <summary>A function's result: a text in UTF-8.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_result_text")]
    public static partial void ResultText(nint context, byte* value, int length, nint destructor);

    /// <summary>A function's result: out of memory.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_result_error_nomem")]
    public static partial void ResultNoMemory(nint context);

    /// <summary>The length of the result of <see cref="Text"/>.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes")]
    [SuppressGCTransition]
    public static partial int TextLength(nint value);
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Makes a cancellation stop a connection's running statement, which SQLite then reports as interrupted.</summary>
internal static class SqliteInterruption
{
    /// <summary>Registers the interruption; dispose the registration before the connection.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="cancellationToken">What interrupts it.</param>
    public static CancellationTokenRegistration Register(SqliteConnection connection, CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => raw.sqlite3_interrupt(((SqliteConnection)state!).Handle), connection);
}

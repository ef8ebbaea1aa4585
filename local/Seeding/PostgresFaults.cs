using System.Net.Sockets;
using Npgsql;

namespace ExportFunctions.Local.Seeding;

/// <summary>Explains the faults of a PostgreSQL server in plain sentences.</summary>
internal static class PostgresFaults
{
    /// <summary>What a fault means and how to fix it; null when it is not the server's or the connection's.</summary>
    /// <param name="exception">The fault.</param>
    /// <param name="server">The display name of the server.</param>
    public static string? Explain(Exception exception, string server) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"{server} refused the user; check the user name and password of --postgres.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"{server} has no database of that name; create it, or correct --postgres.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            $"{server}: the user may not do this; grant it CREATE on the database and ownership of the schema.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            $"{server}: the server's disk is full; free some space, or seed fewer --students.",
        PostgresException { SqlState: PostgresErrorCodes.DependentObjectsStillExist } =>
            $"{server}: views or keys depend on the school's tables; drop these first.",
        PostgresException postgres => $"{server} refused: {postgres.MessageText} ({postgres.SqlState}).",
        NpgsqlException { InnerException: SocketException or TimeoutException } or SocketException or TimeoutException =>
            $"{server} can't be reached; check that the server runs, and the host and port of --postgres.",
        NpgsqlException or IOException => $"{server}: the connection broke; check the server and try again.",
        _ => null,
    };
}

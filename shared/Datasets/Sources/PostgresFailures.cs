using System.Net.Sockets;
using ExportFunctions.Datasets.Sql;
using ExportFunctions.Problems;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Maps PostgreSQL and connection errors to export failures (https://www.postgresql.org/docs/15/errcodes-appendix.html).</summary>
internal static class PostgresFailures
{
    /// <summary>True for the exceptions that <see cref="From"/> can map.</summary>
    /// <param name="error">Any exception.</param>
    public static bool Covers(Exception error) => error is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <summary>True when a snapshot's id is unknown: its transaction has ended.</summary>
    /// <param name="error">Any exception.</param>
    public static bool IsSnapshotLost(Exception error) =>
        error is PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidParameterValue
                or PostgresErrorCodes.UndefinedObject
                or PostgresErrorCodes.ObjectNotInPrerequisiteState,
        } lost
        && lost.MessageText.Contains("snapshot", StringComparison.Ordinal);

    /// <summary>The failure for an error.</summary>
    /// <param name="error">The error from the server or the connection.</param>
    /// <param name="source">The source.</param>
    /// <param name="dataset">The dataset being read; null when only the source is checked.</param>
    public static ExportFailureException From(Exception error, DataSource source, Dataset? dataset) => error switch
    {
        PostgresException { SqlState: var state } when state.StartsWith("28", StringComparison.Ordinal) =>
            SourceFailures.Denied(source, dataset: null, error),
        PostgresException statement when dataset is not null => FromStatement(statement, source, dataset),
        PostgresException other => SourceFailures.Unavailable(source, $"its server reported error {other.SqlState}.", error),
        _ => SourceFailures.Unavailable(source, "its server can't be reached, or the connection broke off.", error),
    };

    private static ExportFailureException FromStatement(PostgresException error, DataSource source, Dataset dataset) =>
        error.SqlState switch
        {
            PostgresErrorCodes.UndefinedColumn =>
                SourceFailures.ColumnMissing(source, dataset, FindColumn(error.MessageText, dataset), error),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName =>
                SourceFailures.TableMissing(source, dataset, error),
            PostgresErrorCodes.InsufficientPrivilege => SourceFailures.Denied(source, dataset, error),
            PostgresErrorCodes.UndefinedObject when FindLanguage(error.MessageText) is { } language =>
                SourceFailures.LanguageMissing(source, language, error),
            PostgresErrorCodes.UntranslatableCharacter => SourceFailures.EncodingNarrow(source, error),
            PostgresErrorCodes.QueryCanceled =>
                SourceFailures.Unavailable(source, "its server ended the statement, which took longer than it allows.", error),

            // 0A: not supported; 21, 22: the query fails on the data (a division by zero); 25: it tries to write; 42: syntax, types, names.
            _ when error.SqlState[..2] is "0A" or "21" or "22" or "25" or "42" => SourceFailures.QueryInvalid(source, dataset, error),
            _ => SourceFailures.Unavailable(source, $"its server reported error {error.SqlState}.", error),
        };

    // The server names the collation only in its message: collation "pg_catalog.el-x-icu" for encoding "UTF8" does not exist.
    private static string? FindLanguage(string message)
    {
        var end = message.IndexOf(PostgresDialect.IcuSuffix, StringComparison.Ordinal);
        if (end < 0)
            return null;

        var start = message.AsSpan(0, end).LastIndexOfAny('.', '"') + 1;
        return message[start..end];
    }

    // The server names the column only in its message, with or without quotes: column t.city does not exist.
    private static DatasetColumn? FindColumn(string message, Dataset dataset)
    {
        foreach (var column in dataset.Columns)
        {
            if (message.Contains($" t.{column.SqlName} ", StringComparison.Ordinal)
                || message.Contains($" t.\"{column.SqlName}\" ", StringComparison.Ordinal))
                return column;
        }

        return null;
    }
}

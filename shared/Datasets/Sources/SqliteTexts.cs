using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sql;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Functions over texts that SQLite has only for ASCII or not at all, for the statements of <see cref="SqliteDialect"/>.</summary>
internal static class SqliteTexts
{
    /// <summary>Adds the functions to a connection.</summary>
    /// <param name="connection">An open connection.</param>
    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction(SqliteDialect.FoldFunction, (string? text) => text is null ? null : CaseFolding.Fold(text), isDeterministic: true);
        connection.CreateFunction(SqliteDialect.OrderFunction, (string? text, string language) => text is null ? null : SortLanguages.KeyOf(text, language), isDeterministic: true);
    }
}

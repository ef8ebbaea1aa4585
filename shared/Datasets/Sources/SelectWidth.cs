namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// How many columns an engine can return in one query. Wider exports would always fail: so the datasets file is rejected at startup, and a
/// request before it is accepted.
/// </summary>
internal static class SelectWidth
{
    // SQLITE_MAX_COLUMN of the bundled library: https://www.sqlite.org/limits.html#max_column
    private const int MaxSqlite = 2_000;

    // MaxTupleAttributeNumber and MaxHeapAttributeNumber: https://www.postgresql.org/docs/current/limits.html
    private const int MaxPostgres = 1_664;
    private const int MaxPostgresTable = 1_600;

    /// <summary>The error for a dataset's width; null when its engine can return all columns at once.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="provider">Its engine.</param>
    public static string? FaultOf(Dataset dataset, SourceProvider provider)
    {
        if (provider == SourceProvider.Postgres && dataset.Table is not null && dataset.Columns.Count > MaxPostgresTable)
        {
            return FormattableString.Invariant(
                $"has {dataset.Columns.Count:N0} columns; a table or view of PostgreSQL has at most {MaxPostgresTable:N0}.");
        }

        var max = MaxOf(provider) - KeyTerms(dataset, provider);
        return dataset.Columns.Count <= max
            ? null
            : FormattableString.Invariant($"has {dataset.Columns.Count:N0} columns; ")
                + FormattableString.Invariant($"{NameOf(provider)} gives at most {MaxOf(provider):N0} at once,")
                + FormattableString.Invariant($" and the key takes a part of them: leave it at {max:N0}, or make two datasets of it.");
    }

    /// <summary>How many columns a request may sort by, in addition to those it reads.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="provider">Its engine.</param>
    /// <param name="columns">The columns that are read.</param>
    public static int MaxSortKeys(Dataset dataset, SourceProvider provider, int columns) =>
        provider == SourceProvider.Sqlite ? MaxSqlite : MaxPostgres - KeyTerms(dataset, provider) - columns;

    // The key's columns follow the requested ones, and PostgreSQL adds those it sorts by.
    private static int KeyTerms(Dataset dataset, SourceProvider provider) =>
        provider == SourceProvider.Sqlite ? dataset.Key.Count : 2 * dataset.Key.Count;

    private static int MaxOf(SourceProvider provider) => provider == SourceProvider.Sqlite ? MaxSqlite : MaxPostgres;

    private static string NameOf(SourceProvider provider) => provider == SourceProvider.Sqlite ? "SQLite" : "PostgreSQL";
}

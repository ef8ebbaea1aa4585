namespace ExportFunctions.Datasets.Cutting;

/// <summary>Passes each query to the cutter for its dataset's engine.</summary>
internal sealed class KeyCutter(DatasetCatalog catalog, SqliteKeyCutter sqlite, PostgresKeyCutter postgres) : IKeyCutter
{
    public Task<KeyCuts> CutAsync(RowQuery query, RangeSize size, CancellationToken cancellationToken) => catalog.SourceOf(query.Dataset).Provider switch
    {
        SourceProvider.Sqlite => sqlite.CutAsync(query, size, cancellationToken),
        SourceProvider.Postgres => postgres.CutAsync(query, size, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };
}

namespace ExportFunctions.Datasets.Sources;

/// <summary>Passes each query to the source for its dataset's engine.</summary>
internal sealed class RowSource(DatasetCatalog catalog, SqliteRowSource sqlite, PostgresRowSource postgres) : IRowSource
{
    public Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken) =>
        For(catalog.SourceOf(query.Dataset)).OpenAsync(query, cancellationToken);

    public Task CheckAsync(DataSource source, CancellationToken cancellationToken) =>
        For(source).CheckAsync(source, cancellationToken);

    private IRowSource For(DataSource source) => source.Provider switch
    {
        SourceProvider.Sqlite => sqlite,
        SourceProvider.Postgres => postgres,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}

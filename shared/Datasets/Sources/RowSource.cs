namespace ExportFunctions.Datasets.Sources;

/// <summary>Passes each query to the source for its dataset's engine, and reports sources that can't be reached.</summary>
internal sealed class RowSource(DatasetCatalog catalog, SqliteRowSource sqlite, PostgresRowSource postgres, SourceWatch watch) : IRowSource
{
    public Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        return watch.WatchAsync(source, () => For(source).OpenAsync(query, cancellationToken));
    }

    public Task CheckAsync(DataSource source, CancellationToken cancellationToken) => watch.WatchAsync(source, async () =>
    {
        await For(source).CheckAsync(source, cancellationToken);
        return true;
    });

    private IRowSource For(DataSource source) => source.Provider switch
    {
        SourceProvider.Sqlite => sqlite,
        SourceProvider.Postgres => postgres,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}

using ExportFunctions.Outages;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Passes each query to the source for its dataset's engine, and tells of sources that can't be reached.</summary>
internal sealed class RowSource(DatasetCatalog catalog, SqliteRowSource sqlite, PostgresRowSource postgres, OutageLog outages) : IRowSource
{
    public async Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var source = catalog.SourceOf(query.Dataset);
        try
        {
            var reader = await For(source).OpenAsync(query, cancellationToken);
            outages.Answered(OutsidePart.Source, source.Name);
            return reader;
        }
        catch (ExportFailureException exception)
        {
            Watch(source, exception);
            throw;
        }
    }

    public async Task CheckAsync(DataSource source, CancellationToken cancellationToken)
    {
        try
        {
            await For(source).CheckAsync(source, cancellationToken);
            outages.Answered(OutsidePart.Source, source.Name);
        }
        catch (ExportFailureException exception)
        {
            Watch(source, exception);
            throw;
        }
    }

    private void Watch(DataSource source, ExportFailureException exception)
    {
        if (OutageFaults.IsOutage(exception))
            outages.Failed(OutsidePart.Source, source.Name, OutageFaults.ReasonOf(exception));
        else
            outages.Answered(OutsidePart.Source, source.Name);
    }

    private IRowSource For(DataSource source) => source.Provider switch
    {
        SourceProvider.Sqlite => sqlite,
        SourceProvider.Postgres => postgres,
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}

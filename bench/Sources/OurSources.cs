using ExportFunctions.Bench.Stages;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Bench.Sources;

/// <summary>
/// Our sources, composed as the app composes them. They count the rows first, in the same snapshot, as every export does; the drivers'
/// loops beside them don't.
/// </summary>
internal static class OurSources
{
    /// <summary>Batch after batch into one that is reused.</summary>
    public static async Task ReadAsync(string datasetsFile, string? postgres, CancellationToken cancellationToken)
    {
        await using var services = Compose(datasetsFile, postgres);
        var (source, query) = Query(services);
        await using var reader = await source.OpenAsync(query, cancellationToken);
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)]);
        var rows = 0L;
        while (await reader.ReadAsync(batch, cancellationToken))
            rows += batch.Count;

        Check(rows, reader);
    }

    /// <summary>On a stage of its own that reads ahead, as exports do.</summary>
    public static async Task ReadAheadAsync(string datasetsFile, string? postgres, CancellationToken cancellationToken)
    {
        await using var services = Compose(datasetsFile, postgres);
        var (source, query) = Query(services);
        await using var reader = await source.OpenAsync(query, cancellationToken);
        await using var ahead = new ReadAheadRows(reader, [.. query.Columns.Select(column => column.Type)]);
        var rows = 0L;
        while (await ahead.NextAsync(cancellationToken) is { } batch)
        {
            rows += batch.Count;
            ahead.Return(batch);
        }

        Check(rows, reader);
    }

    private static (IRowSource Source, RowQuery Query) Query(IServiceProvider services)
    {
        var students = services.GetRequiredService<DatasetCatalog>().Find("students")!;
        return (
            services.GetRequiredService<IRowSource>(),
            new RowQuery { Dataset = students, Columns = [.. StudentsSeed.Columns.Select(name => students.FindColumn(name)!)] });
    }

    private static ServiceProvider Compose(string datasetsFile, string? postgres)
    {
        var settings = new Dictionary<string, string?>(
            StringComparer.Ordinal)
        { ["Exports:DatasetsFile"] = datasetsFile, ["SCHOOL_POSTGRES"] = postgres };
        return new ServiceCollection().AddLogging().AddDatasets(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }

    private static void Check(long rows, IRowReader reader)
    {
        if (rows != reader.RowsExpected)
            throw new InvalidOperationException($"{rows} rows were read where {reader.RowsExpected} were counted.");
    }
}

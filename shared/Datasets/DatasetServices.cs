using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Snapshots;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Outages;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Datasets;

/// <summary>Registers datasets and the sources their rows come from.</summary>
public static class DatasetServices
{
    private const string FileSetting = "Exports:DatasetsFile";
    private const string DefaultFile = "samples/school.datasets.json";

    /// <summary>
    /// Adds <see cref="IRowSource"/> and <see cref="DatasetCatalog"/>, read at startup from the file in <c>Exports:DatasetsFile</c>
    /// (<c>samples/school.datasets.json</c> by default; a relative path is searched for below the current folder, then below the app's
    /// folder and its parents, nearest first).
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings; connection strings in the file may refer to them as <c>%SETTING%</c>.</param>
    /// <remarks>Starting the host, or resolving the catalog, throws <see cref="DatasetsFileException"/> when the file has errors.</remarks>
    public static IServiceCollection AddDatasets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => DatasetsFileReader.Read(Locate(configuration[FileSetting]), configuration));
        services.AddHostedService<CatalogAtStart>();
        services.AddOutages();
        services.AddSingleton<SourceWatch>();
        services.AddSingleton<SqliteRowSource>();
        services.AddSingleton<PostgresRowSource>();
        services.AddSingleton<IRowSource, RowSource>();
        services.AddSingleton<SqliteKeyPartitioner>();
        services.AddSingleton<PostgresKeyPartitioner>();
        services.AddSingleton<IKeyPartitioner, KeyPartitioner>();
        services.AddSingleton<PostgresSnapshotKeeper>();
        services.AddSingleton<ISnapshotKeeper, SnapshotKeeper>();
        return services;
    }

    private static string Locate(string? setting)
    {
        var path = string.IsNullOrWhiteSpace(setting) ? DefaultFile : setting;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); !File.Exists(path) && folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, path) is var candidate && File.Exists(candidate))
                return candidate;
        }

        return path;
    }

    /// <summary>Invalid definitions prevent startup instead of failing the first request.</summary>
    private sealed class CatalogAtStart(IServiceProvider services) : StartupStep
    {
        public override Task StartingAsync(CancellationToken cancellationToken)
        {
            _ = services.GetRequiredService<DatasetCatalog>();
            return Task.CompletedTask;
        }
    }
}

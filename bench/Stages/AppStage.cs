using ExportFunctions.Bench.Measuring;
using ExportFunctions.Functions;
using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Bench.Stages;

/// <summary>What hosts run against: an Azurite of their own and a school.</summary>
internal sealed class AppStage : IAsyncDisposable
{
    private readonly AzuriteServer _azurite;
    private readonly BenchFolder _files;

    private AppStage(AzuriteServer azurite, BenchFolder files, SchoolDatabases databases)
    {
        _azurite = azurite;
        _files = files;
        Databases = databases;
    }

    public SchoolDatabases Databases { get; }

    public static async Task<AppStage> CreateAsync(int students, CancellationToken cancellationToken)
    {
        var files = new BenchFolder();
        var options = new AzuriteOptions { PackageFolder = Repository.Find().AzuritePackage, Location = files.PathOf("azurite") };
        return new AppStage(
            await AzuriteServer.StartAsync(options.OnFreePorts(), cancellationToken), files, new SchoolDatabases(students, files));
    }

    /// <summary>A path in a folder that goes with the stage.</summary>
    public string PathOf(string name) => _files.PathOf(name);

    /// <summary>Starts a host over one of the databases.</summary>
    /// <param name="source"><c>postgres</c> or <c>sqlite</c>.</param>
    /// <param name="cancellationToken">Stops the filling of the database.</param>
    /// <exception cref="SkippedException">PostgreSQL is not installed.</exception>
    public async Task<HostProcess> StartHostAsync(string source, CancellationToken cancellationToken) =>
        await HostProcess.StartAsync(await SettingsAsync(source, cancellationToken));

    /// <summary>The app's services over SQLite, on a clock of the caller's, without a host: nothing happens by itself.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the filling of the database.</param>
    public async Task<ServiceProvider> StartServicesAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(await SettingsAsync("sqlite", cancellationToken)).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(configuration);
        services.AddSingleton(time);
        var provider = services.BuildServiceProvider();
        foreach (var step in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await step.StartingAsync(cancellationToken);
        return provider;
    }

    /// <summary>What a host over one of the databases is told.</summary>
    /// <param name="source"><c>postgres</c> or <c>sqlite</c>.</param>
    /// <param name="cancellationToken">Stops the filling of the database.</param>
    /// <exception cref="SkippedException">PostgreSQL is not installed.</exception>
    public async Task<Dictionary<string, string?>> SettingsAsync(string source, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
            ["EXPORTS_REQUEUE_SCHEDULE"] = "*/15 * * * * *",
            ["SCHEDULES_SCHEDULE"] = "0 * * * * *",
            ["CLEANUP_SCHEDULE"] = "0 0 2 * * *",
            ["METRICS_SCHEDULE"] = "0 10 0 * * *",
            ["EXPIRING_SCHEDULE"] = "0 20 * * * *",
            ["REPORT_SCHEDULE"] = "0 0 6 * * 1",
        };
        if (source == "sqlite")
        {
            await Databases.SqliteAsync(cancellationToken);
            settings["Exports:DatasetsFile"] = Databases.SqliteDatasets;
        }
        else
        {
            settings["SCHOOL_POSTGRES"] = await Databases.PostgresAsync(cancellationToken);
            settings["Exports:DatasetsFile"] = SchoolDatabases.PostgresDatasets;
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        await Databases.DisposeAsync();
        _files.Dispose();
    }
}

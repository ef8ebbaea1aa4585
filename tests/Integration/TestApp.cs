using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Integration;

/// <summary>The whole app in this process, on a storage account of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly LocalHost _host;

    private TestApp(LocalHost host)
    {
        _host = host;
        Client = new ExportClient(host.Url);
    }

    public ExportClient Client { get; }

    public HttpClient Http => Client.Http;

    public IServiceProvider Services => _host.Services;

    public static Dictionary<string, string?> Settings(string storage, string datasetsFile) => new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = storage,
        ["Exports:DatasetsFile"] = datasetsFile,
        ["EXPORTS_REQUEUE_SCHEDULE"] = "* * * * * *",
        ["SCHEDULES_SCHEDULE"] = "* * * * * *",
        ["CLEANUP_SCHEDULE"] = "0 0 2 * * *",
        ["METRICS_SCHEDULE"] = "0 10 0 * * *",
        ["EXPIRING_SCHEDULE"] = "0 20 * * * *",
        ["REPORT_SCHEDULE"] = "0 0 6 * * 1",
    };

    public static async Task<TestApp> StartAsync(Dictionary<string, string?> settings, Func<FunctionDefinition, bool>? serves = null)
    {
        var repository = Repository.Find();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Configuration = configuration,
                HostSettings = HostSettings.Read(repository.HostJson, configuration),
                Serves = serves ?? (static _ => true),
                Port = 0,
            },
            CancellationToken.None);
        return new TestApp(host);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await _host.DisposeAsync();
    }
}

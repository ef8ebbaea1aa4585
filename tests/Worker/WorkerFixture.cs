using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>One running worker that these tests share.</summary>
public sealed class WorkerFixture(AzuriteFixture azurite, SchoolFixture school) : IAsyncLifetime
{
    private WorkerHost? _host;
    private ExportClient? _client;

    public string Storage { get; } = azurite.NewAccount();

    public WorkerHost Host => _host ?? throw new InvalidOperationException("The worker has not started.");

    internal ExportClient Client => _client ?? throw new InvalidOperationException("The worker has not started.");

    public async ValueTask InitializeAsync()
    {
        _host = await WorkerHosts.StartAsync(WorkerHosts.Settings(Storage, school.DatasetsFile));
        _client = WorkerHosts.ClientOf(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}

/// <summary>The tests of the published app, one after the other: each of its processes is as large as the tests' own.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerTests : ICollectionFixture<WorkerFixture>
{
    public const string Name = "Worker";
}

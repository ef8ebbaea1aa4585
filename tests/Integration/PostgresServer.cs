using ExportFunctions.Tests.Integration;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// One <see cref="PostgresCluster"/> for the whole test assembly, started when a test first asks for it and gone after the run.
/// Tests skip where PostgreSQL is not installed, except in CI, where they fail.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private PostgresCluster? _cluster;

    /// <summary>True where PostgreSQL's programs are found.</summary>
    public static bool IsInstalled => PostgresCluster.IsInstalled;

    /// <summary>A database of the test's own on the server, which is started if need be; the connection string of its owner.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        if (!IsInstalled)
        {
            const string Missing = "PostgreSQL is not installed: apt-get install postgresql";
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Missing);
            Assert.Skip(Missing);
        }

        var cluster = await StartAsync();
        return await cluster.CreateDatabaseAsync($"test_{Guid.CreateVersion7():N}");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();

        _gate.Dispose();
    }

    private async Task<PostgresCluster> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _cluster ??= await PostgresCluster.StartAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}

using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Tests.Integration;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// One Azurite for the whole test assembly, on free ports and with a folder of its own. Take it as a constructor
/// parameter; name queues, containers and tables by <see cref="UniqueName"/>, as every test shares it.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly string[] Accounts = [.. Enumerable.Range(0, 400).Select(number => $"hosts{number:D3}")];

    private readonly string _location = Path.Combine(Path.GetTempPath(), $"exportfunctions-tests-{Guid.CreateVersion7():N}");
    private AzuriteServer? _server;
    private int _accounts;

    /// <summary>How storage clients reach it.</summary>
    public string ConnectionString => _server?.ConnectionString ?? throw new InvalidOperationException("Azurite has not started.");

    /// <summary>How storage clients reach an account that no other test uses: for hosts, whose queue, container and tables have fixed names.</summary>
    public string NewAccount()
    {
        var number = Interlocked.Increment(ref _accounts) - 1;
        return number < Accounts.Length
            ? _server!.ConnectionStringOf(Accounts[number])
            : throw new InvalidOperationException($"More than {Accounts.Length} accounts are asked for: raise the number.");
    }

    /// <summary>A name for a queue, container or table that no other test uses.</summary>
    /// <param name="prefix">Lower-case letters.</param>
    public static string UniqueName(string prefix) => $"{prefix}{Guid.CreateVersion7():N}";

    public async ValueTask InitializeAsync()
    {
        var options = new AzuriteOptions { PackageFolder = Repository.Find().AzuritePackage, Location = _location, Accounts = Accounts };
        _server = await AzuriteServer.StartAsync(options.OnFreePorts(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;

        await _server.DisposeAsync();
        Directory.Delete(_location, recursive: true);
    }
}

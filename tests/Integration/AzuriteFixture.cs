using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Tests.Integration;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// One Azurite for the whole test assembly, on free ports and with a folder of its own, started when a test first asks for it. Take it as
/// a constructor parameter; name queues, containers and tables by <see cref="UniqueName"/>, as every test shares it.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private static readonly string[] Accounts = [.. Enumerable.Range(0, 400).Select(number => $"hosts{number:D3}")];

    private readonly string _location = Path.Combine(Path.GetTempPath(), $"exportfunctions-tests-{Guid.CreateVersion7():N}");
    private readonly Lazy<AzuriteServer> _server;
    private int _accounts;

    public AzuriteFixture() => _server = new Lazy<AzuriteServer>(Start);

    /// <summary>How storage clients reach it.</summary>
    public string ConnectionString => _server.Value.ConnectionString;

    /// <summary>
    /// How storage clients reach an account that no other test uses: for hosts, whose queue, container and tables have fixed names.
    /// </summary>
    public string NewAccount()
    {
        var number = Interlocked.Increment(ref _accounts) - 1;
        return number < Accounts.Length
            ? _server.Value.ConnectionStringOf(Accounts[number])
            : throw new InvalidOperationException($"More than {Accounts.Length} accounts are asked for: raise the number.");
    }

    /// <summary>A name for a queue, container or table that no other test uses.</summary>
    /// <param name="prefix">Lower-case letters.</param>
    public static string UniqueName(string prefix) => $"{prefix}{Guid.CreateVersion7():N}";

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated)
            return;

        await _server.Value.DisposeAsync();
        Directory.Delete(_location, recursive: true);
    }

    // Tests ask for it in their constructors, which can't wait otherwise.
    private AzuriteServer Start()
    {
        var options = new AzuriteOptions { PackageFolder = Repository.Find().AzuritePackage, Location = _location, Accounts = Accounts };
        return Task.Run(() => AzuriteServer.StartAsync(options.OnFreePorts(), CancellationToken.None)).GetAwaiter().GetResult();
    }
}

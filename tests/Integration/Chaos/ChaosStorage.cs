using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>An Azurite of a round's own, which can be stopped and started again, and whose clock can be put ahead.</summary>
internal sealed class ChaosStorage : IAsyncDisposable
{
    private const int MaxTries = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"exportfunctions-chaos-{Guid.CreateVersion7():N}");
    private AzuriteOptions _options;
    private AzuriteServer _azurite = null!;

    private ChaosStorage() => _options = new AzuriteOptions
    {
        PackageFolder = Repository.Find().AzuritePackage,
        Location = _folder,
        StartTimeout = Patience,
        StopTimeout = Patience,
    };

    /// <summary>How it is reached, without a proxy.</summary>
    public string ConnectionString => _azurite.ConnectionString;

    public static async Task<ChaosStorage> StartAsync()
    {
        var storage = new ChaosStorage();
        var azurite = await AzuriteServer.StartAsync(storage._options.OnFreePorts(), CancellationToken.None);
        (storage._azurite, storage._options) = (azurite, storage._options with
        {
            BlobPort = azurite.BlobPort,
            QueuePort = azurite.QueuePort,
            TablePort = azurite.TablePort,
        });
        return storage;
    }

    /// <summary>Stops it, and starts it again where it was, with what it had.</summary>
    /// <param name="down">How long it is away at least.</param>
    public async Task RestartAsync(TimeSpan down)
    {
        await _azurite.DisposeAsync();
        await Task.Delay(down, CancellationToken.None);
        for (var tries = 1; ; tries++)
        {
            try
            {
                _azurite = await AzuriteServer.StartAsync(_options, CancellationToken.None);
                return;
            }
            catch (StartFailedException) when (tries < MaxTries)
            {
                // A call of somebody else's may go out by one of its ports.
                await Task.Delay(500, CancellationToken.None);
            }
        }
    }

    /// <summary>Starts it again with a clock that is ahead.</summary>
    public Task PutAheadAsync(int minutes)
    {
        _options = _options with { Environment = WrongClock.Of(_options.Environment, minutes) };
        return RestartAsync(TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}

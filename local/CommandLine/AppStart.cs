using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>Starts everything the app needs on this machine: storage, the sample's database, the host.</summary>
/// <param name="repository">Locates the files.</param>
/// <param name="settings">The settings.</param>
/// <param name="console">Receives progress messages about slow steps.</param>
internal sealed class AppStart(Repository repository, Lazy<IConfigurationRoot> settings, IAnsiConsole console)
{
    private const int SampleStudents = 10_000;

    /// <summary>The settings.</summary>
    public IConfiguration Settings => settings.Value;

    /// <summary>The same, with another console.</summary>
    /// <param name="other">Receives progress messages about slow steps.</param>
    public AppStart With(IAnsiConsole other) => new(repository, settings, other);

    /// <summary>Starts everything.</summary>
    /// <param name="adjust">Changes the options of the settings and host.json.</param>
    /// <param name="cancellationToken">Stops the start; nothing is left running.</param>
    /// <exception cref="StartFailedException">Something can't start; the message says why.</exception>
    public async Task<RunningApp> RunAsync(Func<LocalHostOptions, LocalHostOptions> adjust, CancellationToken cancellationToken)
    {
        var options = adjust(new LocalHostOptions
        {
            InboxTakesMails = true,
            Configuration = Settings,
            HostSettings = HostSettings.Read(repository.HostJson, Settings),
        });
        // Invalid settings are reported before anything is created or started for them.
        var host = await LocalHost.PrepareAsync(options);
        LocalStorage? storage = null;
        try
        {
            await EnsureSampleAsync(cancellationToken);
            storage = await LocalStorage.EnsureAsync(Settings, repository, console.Say, cancellationToken);
            await host.StartAsync(cancellationToken);
            return new RunningApp(host, storage);
        }
        catch
        {
            await host.DisposeAsync();
            if (storage is not null)
                await storage.DisposeAsync();
            throw;
        }
    }

    private async Task EnsureSampleAsync(CancellationToken cancellationToken)
    {
        var path = SchoolDatabase.DefaultPath(repository.Root);
        if (!LocalSettings.UsesSample(Settings, repository) || await SchoolDatabase.IsCurrentAsync(path, students: null, cancellationToken))
            return;

        console.Say("Making the sample school: 10,000 students (once) …");
        await using var target = new SqliteSeedTarget(path, ExistingData.Replace);
        await SeedDisplay.RunAsync(
            console, TimeProvider.System, progress => SchoolSeeder.SeedAsync(target, SampleStudents, progress, cancellationToken));
    }
}

/// <summary>A host and the storage under it; disposal stops what was started.</summary>
/// <param name="Host">The host.</param>
/// <param name="Storage">Its storage.</param>
internal sealed record RunningApp(LocalHost Host, LocalStorage Storage) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Host.StopAsync();
        }
        catch (OperationCanceledException)
        {
            // The time is up: what is still waiting, for example on an unavailable storage account, ends with the process.
        }

        await Host.DisposeAsync();
        await Storage.DisposeAsync();
    }
}

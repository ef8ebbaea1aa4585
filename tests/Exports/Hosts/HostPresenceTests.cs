using ExportFunctions.Datasets;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Hosts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Exports.Hosts;

public sealed class HostPresenceTests : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly List<HostPresence> _presences = [];
    private readonly List<string> _warnings = [];
    private readonly MemoryHostStore _store;

    public HostPresenceTests() => _store = new MemoryHostStore(_time);

    [Fact]
    public async Task Hosts_WarnEachOtherOnce_WhenTheirFilesDiffer()
    {
        var home = await StartAsync("home", Catalogs.World);
        var away = await StartAsync("away", Catalogs.Elsewhere);
        await BeatUntilAsync(() => home.OtherFiles.Count > 0);
        await BeatAsync(2);

        Assert.Equal(2, _warnings.Count);
        Assert.Contains(
            _warnings,
            warning =>
                warning.Contains(
                    "The host home on this storage account serves another datasets file, datasets.json; this host, away, serves"
                        + " other.json. They differ in numbers.",
                    StringComparison.Ordinal));
        Assert.Contains(_warnings, warning => warning.Contains(
            "The host away on this storage account serves another datasets file, other.json", StringComparison.Ordinal));
        Assert.Equal(["other.json"], home.OtherFiles);
        Assert.Equal(["datasets.json"], away.OtherFiles);
    }

    [Fact]
    public async Task Hosts_SayNothing_WhenTheyServeTheSame()
    {
        await StartAsync("home", Catalogs.World);
        await StartAsync("second", Catalogs.World);
        await BeatAsync(2);

        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Host_IsForgotten_WhenItHasStopped_OrWasNotSeenForLong()
    {
        var home = await StartAsync("home", Catalogs.World);
        var away = await StartAsync("away", Catalogs.Elsewhere);
        await BeatUntilAsync(() => home.OtherFiles is ["other.json"]);

        await away.StoppedAsync(CancellationToken.None);
        await BeatUntilAsync(() => home.OtherFiles.Count == 0);
        await _store.PutAsync("dead", Catalogs.Elsewhere);
        var died = _time.GetUtcNow();
        await BeatUntilAsync(() => home.OtherFiles is ["other.json"]);
        await BeatUntilAsync(() => home.OtherFiles.Count == 0);

        Assert.True(_time.GetUtcNow() - died >= HostDirectory.Alive);
    }

    [Fact]
    public async Task Host_IsNotThereForOthers_WhenItRunsItsOwnExportsOnly()
    {
        await StartAsync("one-off", Catalogs.World, runsOwnOnly: true);

        Assert.Empty(_store.Hosts);
    }

    public void Dispose()
    {
        foreach (var presence in _presences)
            presence.Dispose();
    }

    private async Task<HostPresence> StartAsync(string name, DatasetCatalog catalog, bool runsOwnOnly = false)
    {
        var options = Options.Create(new ExportOptions { HostName = name, RunsOwnOnly = runsOwnOnly });
        var presence = new HostPresence(_store, new HostDirectory(_store, _time), catalog, options, _time, new WarningList(_warnings));
        _presences.Add(presence);
        await presence.StartingAsync(CancellationToken.None);
        return presence;
    }

    private async Task BeatAsync(int times)
    {
        for (var beat = 0; beat < times; beat++)
        {
            _time.Advance(Beat);

            // The beats go on by themselves, on other threads.
            await Task.Delay(50);
        }
    }

    private async Task BeatUntilAsync(Func<bool> isReached)
    {
        for (var beats = 0; !isReached(); beats++)
        {
            Assert.InRange(beats, 0, 100);
            await BeatAsync(1);
        }
    }

    private sealed class WarningList(List<string> warnings) : ILogger<HostPresence>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (warnings)
                warnings.Add(formatter(state, exception));
        }
    }
}

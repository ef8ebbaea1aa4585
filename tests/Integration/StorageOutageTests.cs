using System.Diagnostics;
using System.Globalization;
using System.Net;
using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Integration;

/// <summary>What a host and a command line say, and how they end, while their storage is away.</summary>
[Integration]
public sealed class StorageOutageTests(SchoolFixture school) : IAsyncLifetime
{
    private readonly string _location = Path.Combine(Path.GetTempPath(), $"exportfunctions-outage-{Guid.CreateVersion7():N}");
    private AzuriteServer _azurite = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AzuriteOptions Options => new() { PackageFolder = Repository.Find().AzuritePackage, Location = _location };

    public async ValueTask InitializeAsync() => _azurite = await AzuriteServer.StartAsync(Options.OnFreePorts(), Cancel);

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        Directory.Delete(_location, recursive: true);
    }

    [Fact]
    public async Task Serve_SaysAnOutageInALine_AndItsEnd_WhateverIsAskedMeanwhile()
    {
        await using var host = await HostProcess.StartAsync(Settings());
        var id = await host.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");
        await host.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);
        var before = host.Output.Length;

        var (blobs, queues, tables) = (_azurite.BlobPort, _azurite.QueuePort, _azurite.TablePort);
        await _azurite.DisposeAsync();
        await Waiting.UntilAsync(() => host.Output.Contains("Storage can't be reached at ", StringComparison.Ordinal));
        var answers = await Task.WhenAll(
            new[] { "exports", "schedules" }.Select(
                path => host.Client.Http.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), Cancel)));
        await UnhealthyAsync(host);
        _azurite = await AzuriteServer.StartAsync(Options with { BlobPort = blobs, QueuePort = queues, TablePort = tables }, Cancel);
        await Waiting.UntilAsync(() => host.Output.Contains("Storage answers again after ", StringComparison.Ordinal));
        var said = host.Output[before..];
        var job = await host.Client.WaitUntilFinalAsync(id);

        Assert.Equal("succeeded", ExportClient.StatusOf(job));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.Single(
            said.Split(Environment.NewLine),
            line => line.Contains("can't be reached", StringComparison.Ordinal) && !line.Contains(" now: ", StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        // It was 615,187 in a minute, with a stack for each failed try.
        Assert.InRange(said.Length, 100, 3_000);
    }

    /// <summary>Waits until the host says that it is unhealthy: it gives what it found a moment ago for a few seconds.</summary>
    private static async Task UnhealthyAsync(HostProcess host)
    {
        for (var tries = 0; ; tries++)
        {
            using var health = await host.Client.Http.GetAsync(new Uri("/api/v1/health", UriKind.Relative), Cancel);
            if (health.StatusCode == HttpStatusCode.ServiceUnavailable)
                return;

            Assert.InRange(tries, 0, 60);
            await Task.Delay(500, Cancel);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Serve_EndsByCtrlC_WithinItsLimitAndWithASentence(bool hangs)
    {
        var settings = Settings();
        settings["LOCAL_SHUTDOWN_GRACE"] = "00:00:01";
        await using var host = await HostProcess.StartAsync(settings);
        await AwayAsync(hangs);
        await Waiting.UntilAsync(() => host.Output.Contains("Storage can't be reached at ", StringComparison.Ordinal));

        var code = await host.InterruptAsync();
        await BackAsync(hangs);

        Assert.Equal(0, code);
        Assert.Single(host.Output.Split(Environment.NewLine), line => line.StartsWith("Stopping: ", StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_EndsWithASentence_WhenStorageGoesAwayMeanwhile()
    {
        await using var export =
            HostProcess.Run(Settings(), "export", "slow", "--format", "csv", "--output", Path.Combine(_location, "slow.csv"));
        await Waiting.UntilAsync(() => export.Output.Contains("Exporting slow", StringComparison.Ordinal));

        await AwayAsync(hangs: false);
        var code = await export.ExitAsync();

        Assert.Equal(1, code);
        Assert.Contains("The app's storage can't be reached: run the command again later.", export.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", export.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_location, "slow.csv")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_EndsWithASentence_WhenStorageIsAwayFromTheStart(bool hangs)
    {
        var settings = Settings();
        await AwayAsync(hangs);

        await using var export =
            HostProcess.Run(settings, "export", "students", "--format", "csv", "--output", Path.Combine(_location, "students.csv"));
        var code = await export.ExitAsync();
        await BackAsync(hangs);

        Assert.Equal(1, code);
        Assert.Equal("Storage can't be reached: check AzureWebJobsStorage and the network.", export.Output.Trim());
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = TestApp.Settings(_azurite.ConnectionString, school.DatasetsFile);
        settings["Exports:LeaseDuration"] = "00:00:10";
        return settings;
    }

    /// <summary>Storage that refuses connections, or that takes them and never answers.</summary>
    private async Task AwayAsync(bool hangs)
    {
        if (hangs)
            await SignalAsync("-STOP");
        else
            await _azurite.DisposeAsync();
    }

    private async Task BackAsync(bool hangs)
    {
        if (hangs)
            await SignalAsync("-CONT");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _azurite.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }
}

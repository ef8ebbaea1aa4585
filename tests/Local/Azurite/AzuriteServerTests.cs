using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ExportFunctions.Local.Azurite;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Local.Azurite;

[Integration]
public sealed class AzuriteServerTests : IDisposable
{
    private readonly string _location = Directory.CreateTempSubdirectory("exportfunctions-azurite-").FullName;

    [Fact]
    public async Task StartAsync_KeepsData_WhenItIsStoppedAndStartedAgain()
    {
        await using (var first = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken))
        {
            var queue = new QueueClient(first.ConnectionString, "kept");
            await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
            await queue.SendMessageAsync("still here", TestContext.Current.CancellationToken);
        }

        await using var second = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken);
        var message = await new QueueClient(
            second.ConnectionString, "kept").ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("still here", message.Value.MessageText);
    }

    [Fact]
    public async Task StartAsync_FindsEveryRecord_WhenKeysLookLikeNumbers()
    {
        string[] keys = ["9", "10", "1a", "010", "1e3", "1000", "0x10", "16", "b", "-1", " 1", "1", "1e999", "2e999"];
        await using (var first = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken))
        {
            var table = new TableClient(first.ConnectionString, "numbers");
            await table.CreateAsync(TestContext.Current.CancellationToken);
            foreach (var key in keys)
                await table.AddEntityAsync(new TableEntity("1", key) { ["value"] = key }, TestContext.Current.CancellationToken);

            Assert.Equal(keys, await ValuesAsync(table, keys));
        }

        await using var second = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken);

        Assert.Equal(keys, await ValuesAsync(new TableClient(second.ConnectionString, "numbers"), keys));
    }

    [Fact]
    public async Task DisposeAsync_LeavesNoProcess_WhenItStartedOne()
    {
        var server = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken);
        using var process = Process.GetProcessById(server.ProcessId);

        await server.DisposeAsync();

        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task StartAsync_NamesThePort_WhenAnotherProgramHasIt()
    {
        await using var first = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken);
        var options = Options() with { BlobPort = first.BlobPort };

        var failure = await Assert.ThrowsAsync<StartFailedException>(
            () => AzuriteServer.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains($"port {first.BlobPort} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartUnlessListeningAsync_LeavesARunningOneAlone_AndStartsOneOtherwise()
    {
        var server = await AzuriteServer.StartAsync(Options(), TestContext.Current.CancellationToken);
        var same = Options() with { BlobPort = server.BlobPort, QueuePort = server.QueuePort, TablePort = server.TablePort };

        var reused = await LocalStorage.StartUnlessListeningAsync(same, TestContext.Current.CancellationToken);
        await server.DisposeAsync();
        await using var started = await LocalStorage.StartUnlessListeningAsync(same, TestContext.Current.CancellationToken);

        Assert.Null(reused);
        Assert.NotNull(started);
        Assert.Equal(server.BlobPort, started.BlobPort);
    }

    [Fact]
    public void IsInstalled_IsFalse_WhenTheLockFileAsksForAnotherVersion()
    {
        Directory.CreateDirectory(Path.Combine(_location, "node_modules"));
        File.WriteAllText(Path.Combine(_location, "package-lock.json"), """{ "packages": { "": {}, "node_modules/a": { "version": "2.0.0" }, "node_modules/b": { "version": "1.0.0", "optional": true } } }""");
        var installed = Path.Combine(_location, "node_modules", ".package-lock.json");

        File.WriteAllText(installed, """{ "packages": { "node_modules/a": { "version": "1.0.0" } } }""");
        var outdated = AzuritePackage.IsInstalled(_location);
        File.WriteAllText(installed, """{ "packages": { "node_modules/a": { "version": "2.0.0" } } }""");
        var current = AzuritePackage.IsInstalled(_location);

        Assert.False(outdated);
        Assert.True(current);
    }

    public void Dispose() => Directory.Delete(_location, recursive: true);

    private static async Task<List<string>> ValuesAsync(TableClient table, string[] keys)
    {
        var values = new List<string>();
        foreach (var key in keys)
            values.Add((await table.GetEntityAsync<TableEntity>(
                "1", key, cancellationToken: TestContext.Current.CancellationToken)).Value.GetString("value"));

        return values;
    }

    private AzuriteOptions Options() =>
        new AzuriteOptions { PackageFolder = Repository.Find().AzuritePackage, Location = _location }.OnFreePorts();
}

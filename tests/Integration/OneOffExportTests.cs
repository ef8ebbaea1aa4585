using System.CommandLine;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.Local.CommandLine;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace ExportFunctions.Tests.Integration;

/// <summary>The command line's export beside an app on the same storage account: it serves itself and nobody else.</summary>
[Integration]
public sealed class OneOffExportTests(AzuriteFixture azurite) : IDisposable
{
    private readonly CoursesFolder _own = new("OWN");
    private readonly CoursesFolder _app = new("APP");
    private readonly string _storage = azurite.NewAccount();

    public void Dispose()
    {
        _own.Dispose();
        _app.Dispose();
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(40)]
    public async Task Export_IsOfItsOwnData_BesideAnAppWithOther(int sliceRows)
    {
        await using var app = await TestApp.StartAsync(TestApp.Settings(_storage, _app.DatasetsFile));
        var asked = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""")));

        for (var round = 0; round < 3; round++)
        {
            var (code, error) = await RunAsync(("Exports:SliceRows", FormattableString.Invariant($"{sliceRows}")));
            Assert.Equal((0, ""), (code, error));
            _own.AssertOwn(await File.ReadAllBytesAsync(_own.File("courses.csv"), TestContext.Current.CancellationToken));
        }

        foreach (var id in asked)
            _app.AssertOwn(await app.Client.DownloadAsync(id));
    }

    [Fact]
    public async Task Export_TouchesNoMessageOfOthers_AndRunsNoTimer()
    {
        string id;
        await using (var app = await TestApp.StartAsync(
            TestApp.Settings(_storage, _own.DatasetsFile), function => function is HttpFunction))
            id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        string[] queues = [StorageNames.ExportQueue, StorageNames.SliceQueue, StorageNames.NotificationQueue, StorageNames.WebhookQueue,
            StorageNames.MaintenanceQueue, StorageNames.ExportPoisonQueue, StorageNames.NotificationPoisonQueue];
        foreach (var queue in queues.Skip(1))
            await Queue(queue).SendMessageAsync("of others", TestContext.Current.CancellationToken);

        var (code, error) = await RunAsync();

        Assert.Equal((0, ""), (code, error));
        _own.AssertOwn(await File.ReadAllBytesAsync(_own.File("courses.csv"), TestContext.Current.CancellationToken));
        foreach (var queue in queues)
        {
            PeekedMessage message = Assert.Single((await Queue(queue).PeekMessagesAsync(10, TestContext.Current.CancellationToken)).Value);
            Assert.Equal((queue, 0L), (queue, message.DequeueCount));
        }

        var timers = new Azure.Storage.Blobs.BlobContainerClient(_storage, ExportFunctions.Local.Timers.TimerStore.ContainerName);
        Assert.False((await timers.ExistsAsync(TestContext.Current.CancellationToken)).Value);
        Assert.Empty(new TableClient(_storage, StorageNames.HostsTable).Query<TableEntity>(
            host => !host.GetBoolean("stopped")!.Value, cancellationToken: TestContext.Current.CancellationToken));

        // The app that comes back finds its export as it was left.
        await using var back = await TestApp.StartAsync(TestApp.Settings(_storage, _own.DatasetsFile));
        _own.AssertOwn(await back.Client.DownloadAsync(id));
    }

    private QueueClient Queue(string name) => new(_storage, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private async Task<(int Code, string Error)> RunAsync(params (string Name, string Value)[] settings)
    {
        var all = TestApp.Settings(_storage, _own.DatasetsFile);
        foreach (var (name, value) in settings)
            all[name] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No });
        var command = new ExportCommand(new AppStart(Repository.Find(), new(() => configuration), console), console).Build();
        using var error = new StringWriter();
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Error = error };
        var parsed = command.Parse(["courses", "--format", "csv", "--output", _own.File("courses.csv")]);
        return (await parsed.InvokeAsync(invocation, TestContext.Current.CancellationToken), error.ToString());
    }
}

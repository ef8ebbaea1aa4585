using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Integration;

/// <summary>What a host says, and does, while the database of a source is away.</summary>
[Integration]
public sealed class DatabaseOutageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Serve_SaysAnOutageInALine_AndItsEnd_AndTheExportSucceeds()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, "PostgreSQL is not installed: apt-get install postgresql");
        await using var postgres = await PostgresCluster.StartAsync();
        var settings = TestApp.Settings(
            azurite.NewAccount(), Path.Combine(Repository.Find().Root, "samples", "school-postgres.datasets.json"));
        settings["SCHOOL_POSTGRES"] = await postgres.CreateDatabaseAsync("school");
        await using (var target = new PostgresSeedTarget(settings["SCHOOL_POSTGRES"]!, ExistingData.Refuse))
            await SchoolSeeder.SeedAsync(target, 1_000, progress: null, TestContext.Current.CancellationToken);
        await using var host = await HostProcess.StartAsync(settings);
        var before = host.Output.Length;

        await postgres.StopAsync();
        var id = await host.Client.SubmitAsync(
            """{"dataset":"students","format":"csv","retry":{"count":10,"delay":"00:00:01"}}""");
        await Waiting.UntilAsync(() => host.Output.Contains("can't be reached", StringComparison.Ordinal));
        await postgres.StartAgainAsync();
        await Waiting.UntilAsync(() => host.Output.Contains("answers again after ", StringComparison.Ordinal));
        var job = await host.Client.WaitUntilFinalAsync(id);

        var said = host.Output[before..];
        Assert.Equal("succeeded", ExportClient.StatusOf(job));
        Assert.Single(said.Split(Environment.NewLine), line =>
            line.Contains("can't be reached", StringComparison.Ordinal) && !line.Contains(" now: ", StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }
}

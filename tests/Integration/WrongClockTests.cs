using System.Globalization;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Hosts whose clocks are ten minutes ahead and ten minutes behind, on one storage account.</summary>
[Integration]
public sealed class WrongClockTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task Exports_AreLeftToTheirWorkers_AndTheClockIsNamed()
    {
        Assert.SkipUnless(WrongClock.IsInstalled, WrongClock.Missing);
        var storage = azurite.NewAccount();
        await using var ahead = await StartAsync(storage, minutes: 10);
        await using var behind = await StartAsync(storage, minutes: -10);

        // Several times as long as a lease.
        foreach (var id in new[]
        {
            await ahead.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}"""),
            await behind.Client.SubmitAsync("""{"dataset":"slow","format":"excel"}"""),
        })
        {
            var job = await ahead.Client.WaitUntilFinalAsync(id);
            Assert.True(
                ExportClient.StatusOf(job) == "succeeded" && job["attempt"]!.GetValue<int>() == 1,
                job.ToJsonString() + ahead.Output + behind.Output);
            var created = DateTimeOffset.Parse(job["createdAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            Assert.InRange(created, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddSeconds(5));
        }

        Assert.Contains("ahead of the storage account", await WarningsAsync(ahead), StringComparison.Ordinal);
        Assert.Contains("behind the storage account", await WarningsAsync(behind), StringComparison.Ordinal);
        Assert.Contains("ahead of the storage account", ahead.Output, StringComparison.Ordinal);
    }

    private static async Task<string> WarningsAsync(HostProcess host) =>
        JsonNode.Parse(
            await host.Client.Http.GetStringAsync(
                new Uri("/api/v1/health/details", UriKind.Relative), TestContext.Current.CancellationToken))!["warnings"]!.ToJsonString();

    private async Task<HostProcess> StartAsync(string storage, int minutes)
    {
        var settings = TestApp.Settings(storage, school.DatasetsFile);
        settings["Exports:LeaseDuration"] = "00:00:03";
        settings["Exports:HeartbeatInterval"] = "00:00:00.3";
        return await HostProcess.StartAsync(WrongClock.Of(settings, minutes));
    }
}

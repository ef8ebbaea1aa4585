using System.Globalization;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Hosts whose machines have other time zone data, one after the other.</summary>
[Integration]
public sealed class ZoneDataTests(AzuriteFixture azurite) : IDisposable
{
    private const string System = "/usr/share/zoneinfo";

    private readonly CoursesFolder _data = new("DATA");
    private readonly string _storage = azurite.NewAccount();
    private readonly string _zones = Directory.CreateTempSubdirectory("zones").FullName;

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_zones, recursive: true);
    }

    [Fact]
    public async Task NextDue_FollowsTheZonesRules_WhenTheHostIsStartedWithOtherZoneData()
    {
        Assert.SkipUnless(
            File.Exists($"{System}/Asia/Dubai") && File.Exists($"{System}/Asia/Karachi"), "This machine has no time zone files.");
        string id;
        await using (var host = await StartAsync("Asia/Dubai"))
        {
            var (schedule, _) = await new ScheduleClient(host.Client.Http).MakeAsync(
                """{"name":"x","export":{"dataset":"courses","format":"csv"},"frequency":"daily","time":"03:30","timeZone":"Asia/Tashkent"}""");
            id = ScheduleClient.IdOf(schedule);
            Assert.Equal(new TimeSpan(23, 30, 0), NextDue(schedule).TimeOfDay);
            await host.TerminateAsync();
        }

        await using (var host = await StartAsync("Asia/Karachi"))
        {
            Assert.Equal(new TimeSpan(22, 30, 0), NextDue(await WaitAsync(host, id, schedule => NextDue(schedule).Hour != 23)).TimeOfDay);
            await host.TerminateAsync();
        }

        await using (var host = await StartAsync(of: null))
        {
            var suspended = await WaitAsync(host, id, schedule => ScheduleClient.TextOf(schedule, "state") is "suspended");
            Assert.Contains("Asia/Tashkent", ScheduleClient.TextOf(suspended, "suspendedBecause"), StringComparison.Ordinal);
        }
    }

    private static DateTimeOffset NextDue(JsonNode schedule) =>
        DateTimeOffset.Parse(ScheduleClient.TextOf(schedule, "nextDue")!, CultureInfo.InvariantCulture);

    private static async Task<JsonNode> WaitAsync(HostProcess host, string id, Func<JsonNode, bool> isReached)
    {
        for (var looks = 0; ; looks++)
        {
            var (schedule, _) = await new ScheduleClient(host.Client.Http).GetAsync(id);
            if (isReached(schedule))
                return schedule;

            Assert.True(looks < 600, $"{schedule.ToJsonString()}{Environment.NewLine}{host.Output}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A host to which Tashkent has the rules of another zone, or is not known.</summary>
    private async Task<HostProcess> StartAsync(string? of)
    {
        Directory.CreateDirectory($"{_zones}/Asia");
        File.Delete($"{_zones}/Asia/Tashkent");
        if (of is not null)
            File.Copy($"{System}/{of}", $"{_zones}/Asia/Tashkent");

        var settings = TestApp.Settings(_storage, _data.DatasetsFile);
        settings["TZDIR"] = _zones;
        settings["TZ"] = "";
        return await HostProcess.StartAsync(settings);
    }
}

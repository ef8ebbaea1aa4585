namespace ExportFunctions.Tests.Integration;

/// <summary>A host as a process of its own, which nobody asks for the files it makes.</summary>
[Integration]
public sealed class UnattendedScheduleTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const string EveryMinute =
        """{"name":"Courses","export":{"dataset":"courses","format":"csv"},"frequency":"custom","cron":"* * * * *"}""";

    [Fact]
    public async Task Schedule_MakesAFileWithinTheNextMinute_UnlessItIsPaused()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["SCHEDULES_SCHEDULE"] = "* * * * * *";
        await using var host = await HostProcess.StartAsync(settings);
        var client = new ScheduleClient(host.Client.Http);
        var paused = ScheduleClient.IdOf((await client.MakeAsync(EveryMinute)).Schedule);
        await client.PostAsync(paused, "pause");
        var active = ScheduleClient.IdOf((await client.MakeAsync(EveryMinute)).Schedule);

        var run = await client.WaitForRunAsync(active, run => ScheduleClient.TextOf(run, "outcome") is "succeeded");

        var file = await host.Client.DownloadAsync(ScheduleClient.TextOf(run, "exportId")!);
        var ofPaused = (await client.ListAsync($"/{paused}/runs"))["items"]!.AsArray();
        Assert.NotEmpty(file);
        Assert.False(run["byHand"]!.GetValue<bool>());
        Assert.DoesNotContain(ScheduleClient.TextOf(run, "dueAt"), ofPaused.Select(other => ScheduleClient.TextOf(other!, "dueAt")));
    }
}

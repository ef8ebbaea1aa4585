using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// Two hosts with different datasets files on one storage account: every file holds the records of the host that was asked.
/// </summary>
[Integration]
public sealed class TwoDatasetsFilesTests(AzuriteFixture azurite) : IDisposable
{
    private const string Courses = """{"dataset":"courses","format":"csv"}""";

    private readonly CoursesFolder _home = new("HOME");
    private readonly CoursesFolder _away = new("AWAY");
    private readonly string _storage = azurite.NewAccount();

    public void Dispose()
    {
        _home.Dispose();
        _away.Dispose();
    }

    [Fact]
    public async Task Exports_AreAllOfTheHostThatWasAsked_SixtyOfEach()
    {
        await using var home = await StartAsync(_home);
        await using var away = await StartAsync(_away);

        var asked = await Task.WhenAll(Enumerable.Range(0, 60).Select(
            _ => home.Client.SubmitAsync(Courses)).Concat(Enumerable.Range(0, 10).Select(_ => away.Client.SubmitAsync(Courses))));
        foreach (var (id, place) in asked.Select((id, place) => (id, place)))
            (place < 60 ? _home : _away).AssertOwn(await home.Client.DownloadAsync(id));

        var job = await away.Client.GetAsync(asked[0]);
        Assert.Equal(("home.datasets.json", "courses"), (
            job["checkedAgainst"]!["datasetsFile"]!.GetValue<string>(), job["checkedAgainst"]!["dataset"]!.GetValue<string>()));
        Assert.Equal((1, 0), (job["attempt"]!.GetValue<int>(), job["retries"]!.GetValue<int>()));
        Assert.Null(job["waitingFor"]);
        Assert.Empty((await Queue(StorageNames.ExportPoisonQueue).PeekMessagesAsync(1, TestContext.Current.CancellationToken)).Value);
        var health = await home.Http.GetFromJsonAsync<JsonNode>("/api/v1/health", TestContext.Current.CancellationToken);
        Assert.Equal("healthy", health!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Health_NamesTheOtherDatasetsFile_OfAHostThatWasThereBefore()
    {
        await using var home = await StartAsync(_home);
        await using var away = await StartAsync(_away);

        var health = await away.Http.GetFromJsonAsync<JsonNode>("/api/v1/health/details", TestContext.Current.CancellationToken);

        Assert.Contains("home.datasets.json", Assert.Single(health!["warnings"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_WaitsVisibly_AndFailsWithTheFilesName_WhenItsHostIsGone()
    {
        string id;
        await using (var home = await StartAsync(_home, serves: function => function is HttpFunction))
            id = await home.Client.SubmitAsync(Courses);
        await using var away = await StartAsync(_away, ("Exports:ForeignJobTimeout", "00:00:05"));

        var waiting = await away.Client.WaitAsync(id, job => job["waitingFor"] is not null);
        var failed = await away.Client.WaitUntilFinalAsync(id);

        Assert.Contains("home.datasets.json", waiting["waitingFor"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(("failed", "dataset_not_served", 0), (
            ExportClient.StatusOf(failed), failed["error"]!["code"]!.GetValue<string>(), failed["attempt"]!.GetValue<int>()));
        Assert.Contains("the dataset \"courses\" of home.datasets.json", failed["error"]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_IsMadeByItsHost_WhenThatComesBack()
    {
        string id;
        await using (var home = await StartAsync(_home, serves: function => function is HttpFunction))
            id = await home.Client.SubmitAsync(Courses);
        await using var away = await StartAsync(_away);
        await away.Client.WaitAsync(id, job => job["waitingFor"] is not null);

        await using var back = await StartAsync(_home);

        _home.AssertOwn(await back.Client.DownloadAsync(id));
    }

    [Fact]
    public async Task Slices_AreAllOfTheHostThatWasAsked()
    {
        await using var home = await StartAsync(_home, ("Exports:SliceRows", "40"));
        await using var away = await StartAsync(_away, ("Exports:SliceRows", "40"));

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => home.Client.SubmitAsync(Courses)));

        foreach (var id in ids)
        {
            _home.AssertOwn(await home.Client.DownloadAsync(id));
            Assert.InRange((await home.Client.GetAsync(id))["file"]!["sliceBytes"]!.AsArray().Count, 5, 20);
        }
    }

    [Fact]
    public async Task ScheduledRuns_AreAllOfTheHostThatTheScheduleWasMadeAt()
    {
        await using var home = await StartAsync(_home);
        await using var away = await StartAsync(_away);
        var schedules = new ScheduleClient(home.Http);
        var (schedule, _) = await schedules.MakeAsync($$"""{"name":"Courses","export":{{Courses}},"frequency":"daily","time":"06:00"}""");
        var elsewhere = new ScheduleClient(away.Http);

        for (var run = 0; run < 6; run++)
        {
            using var started = await (
                run % 2 == 0 ? elsewhere : schedules).SendAsync(HttpMethod.Post, $"/{ScheduleClient.IdOf(schedule)}/run");
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
            _home.AssertOwn(await home.Client.DownloadAsync(
                JsonNode.Parse(
                    await started.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["exportId"]!.GetValue<string>()));
            await schedules.WaitForRunAsync(ScheduleClient.IdOf(schedule), found => found["outcome"]!.GetValue<string>() is "succeeded");
        }
    }

    [Fact]
    public async Task Retry_IsOfTheHostThatWasAsked()
    {
        await using var home = await StartAsync(_home);
        await using var away = await StartAsync(_away);
        System.IO.File.Move(_home.Database, _home.File("hidden.db"));
        var id = await home.Client.SubmitAsync("""{"dataset":"courses","format":"csv","retry":{"count":10,"delay":"00:00:01"}}""");
        await home.Client.WaitAsync(id, job => job["retries"]!.GetValue<int>() > 0);

        System.IO.File.Move(_home.File("hidden.db"), _home.Database);

        _home.AssertOwn(await away.Client.DownloadAsync(id));
    }

    [Fact]
    public async Task RepeatedRequest_IsAnotherOne_OnAHostWithOtherData()
    {
        await using var home = await StartAsync(_home);
        await using var away = await StartAsync(_away);

        using var first = await home.Client.PostAsync(Courses, idempotencyKey: "twice");
        using var again = await home.Client.PostAsync(Courses, idempotencyKey: "twice");
        using var elsewhere = await away.Client.PostAsync(Courses, idempotencyKey: "twice");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity), (
            first.StatusCode, again.StatusCode, elsewhere.StatusCode));
        Assert.Equal(await IdOfAsync(first), await IdOfAsync(again));
    }

    [Fact]
    public async Task RestoredFile_IsThatOfTheExport_WhicheverHostBringsItBack()
    {
        await using var world = await Maintenance.MaintenanceWorld.CreateAsync(_storage);
        var content = Encoding.UTF8.GetBytes("id,code\r\n1,HOME-1\r\n");
        var job = await world.AddAsync(content, "courses.csv", daysAgo: 40);
        await using (var home = await StartAsync(_home, serves: function => function is HttpFunction))
        {
            var identity = (await world.Jobs.FindAsync(
                Guid.Parse(await home.Client.SubmitAsync(Courses)), TestContext.Current.CancellationToken))!.CheckedAgainst;
            await world.Jobs.TryUpdateAsync(
                (await world.JobAsync(job)) with { CheckedAgainst = identity }, TestContext.Current.CancellationToken);
        }

        await world.CleanUpAsync();
        await using var away = await StartAsync(_away);
        using var asked = await away.Http.PostAsync(
            $"/api/v1/exports/{job.Id}/restore", content: null, TestContext.Current.CancellationToken);
        await away.Client.WaitAsync(job.Id.ToString(), found => ExportClient.StatusOf(found) == "succeeded");

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        Assert.Equal(content, await away.Client.DownloadAsync(job.Id.ToString()));
    }

    private static async Task<string> IdOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();

    private QueueClient Queue(string name) => new(_storage, name);

    private Task<TestApp> StartAsync(CoursesFolder data, params (string Name, string Value)[] settings) =>
        StartAsync(data, serves: null, settings);

    private Task<TestApp> StartAsync(
        CoursesFolder data, Func<FunctionDefinition, bool>? serves, params (string Name, string Value)[] settings)
    {
        var all = TestApp.Settings(_storage, data.DatasetsFile);
        foreach (var (name, value) in settings)
            all[name] = value;
        return TestApp.StartAsync(all, serves);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Schedules over HTTP, on real storage.</summary>
[Integration]
public sealed class ScheduleApiTests(AppFixture app, AzuriteFixture azurite, SchoolFixture school) : IClassFixture<AppFixture>
{
    private const string Weekly =
        """{"name":"Courses","export":{"dataset":"courses","format":"csv"},"frequency":"weekly","weekday":"monday","time":"06:00","timeZone":"Europe/Athens","notify":["registrar@example.org"]}""";

    private ScheduleClient Schedules => new(app.App.Http);

    private ScheduleClient Earlier => new(app.App.Http, ScheduleClient.ImportExport);

    [Fact]
    public async Task Create_AnswersWithTheSchedule_ItsAddressAndItsTag()
    {
        using var response = await Schedules.SendAsync(HttpMethod.Post, body: Weekly);

        var schedule = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var due = DateTimeOffset.Parse(ScheduleClient.TextOf(schedule, "nextDue")!, CultureInfo.InvariantCulture);
        Assert.Equal(
            (HttpStatusCode.Created, $"/api/v1/schedules/{ScheduleClient.IdOf(schedule)}"),
            (response.StatusCode, response.Headers.Location!.ToString()));
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(
            ("Courses", "active", true),
            (ScheduleClient.TextOf(schedule, "name"), ScheduleClient.TextOf(schedule, "state"), schedule["enabled"]!.GetValue<bool>()));
        Assert.Equal("""{"dataset":"courses","format":"csv"}""", schedule["export"]!.ToJsonString());
        Assert.Equal(("weekly", "monday", "06:00"), (
            ScheduleClient.TextOf(schedule, "frequency"),
            ScheduleClient.TextOf(schedule, "weekday"),
            ScheduleClient.TextOf(schedule, "time")));
        Assert.Equal("every Monday at 06:00, Europe/Athens", ScheduleClient.TextOf(schedule, "inWords"));
        Assert.Equal((DayOfWeek.Monday, 6), LocalOf(due, "Europe/Athens"));
        Assert.Equal(["registrar@example.org"], schedule["notify"]!.AsArray().Select(address => address!.GetValue<string>()));
    }

    [Fact]
    public async Task Create_TakesTheEarlierNames_UnderItsPath()
    {
        var (made, _) =
            await Earlier.MakeAsync("""{"name":"Courses","export":{"entity":"courses","export_format":"csv"},"frequency":"DAILY"}""");

        var (read, _) = await Schedules.GetAsync(ScheduleClient.IdOf(made));

        Assert.Equal(made.ToJsonString(), read.ToJsonString());
        Assert.Equal(
            ("daily", """{"dataset":"courses","format":"csv"}"""),
            (ScheduleClient.TextOf(read, "frequency"), read["export"]!.ToJsonString()));
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task Get_Answers304_UntilTheScheduleChanges(string path)
    {
        var client = new ScheduleClient(app.App.Http, path);
        var (schedule, etag) = await client.MakeAsync(Weekly);
        var id = ScheduleClient.IdOf(schedule);

        using var unchanged = await client.SendAsync(HttpMethod.Get, $"/{id}", ifNoneMatch: etag);
        await client.PostAsync(id, "pause");
        using var changed = await client.SendAsync(HttpMethod.Get, $"/{id}", ifNoneMatch: etag);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (unchanged.StatusCode, changed.StatusCode));
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task List_GivesEveryScheduleOnce_NewestFirst_PageByPage(string path)
    {
        await using var quiet = await TestApp.StartAsync(
            TestApp.Settings(azurite.NewAccount(), school.DatasetsFile), function => function.Name.EndsWith(
                "Schedule", StringComparison.Ordinal) || function.Name.EndsWith("Schedules", StringComparison.Ordinal));
        var client = new ScheduleClient(quiet.Http, path);
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add(ScheduleClient.IdOf((await client.MakeAsync(Weekly)).Schedule));

        var listed = new List<string>();
        string? token = "";
        for (var page = 0; page < 4 && token is not null; page++)
        {
            var answer = await client.ListAsync($"?pageSize=3{(token.Length > 0 ? $"&continuationToken={token}" : "")}");
            listed.AddRange(client.ItemsOf(answer, "schedules").Select(schedule => ScheduleClient.IdOf(schedule!)));
            token = ScheduleClient.TextOf(answer, "continuationToken");
        }

        Assert.Equal(Enumerable.Reverse(ids), listed);
        Assert.Null(token);
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task Replace_NeedsTheTagOfThePresentState(string path)
    {
        var client = new ScheduleClient(app.App.Http, path);
        var (schedule, etag) = await client.MakeAsync(Weekly);
        var rest = $"/{ScheduleClient.IdOf(schedule)}";
        const string Monthly =
            """{"name":"Later","export":{"dataset":"students","format":"pdf"},"frequency":"monthly","dayOfMonth":31,"enabled":false}""";

        using var unbound = await client.SendAsync(HttpMethod.Put, rest, Monthly);
        using var replaced = await client.SendAsync(HttpMethod.Put, rest, Monthly, ifMatch: etag);
        using var stale = await client.SendAsync(HttpMethod.Put, rest, Weekly, ifMatch: etag);
        using var weak = await client.SendAsync(HttpMethod.Put, rest, Weekly, ifMatch: $"W/{replaced.Headers.ETag}");
        using var forced = await client.SendAsync(HttpMethod.Put, rest, Weekly, ifMatch: "*");

        var answer = (await replaced.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(HttpStatusCode.PreconditionRequired, unbound.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (replaced.StatusCode, stale.StatusCode));
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.OK), (weak.StatusCode, forced.StatusCode));
        Assert.Equal(
            ("Later", "monthly", "paused"),
            (ScheduleClient.TextOf(answer, "name"), ScheduleClient.TextOf(answer, "frequency"), ScheduleClient.TextOf(answer, "state")));
        Assert.Equal(
            (null, ScheduleClient.TextOf(schedule, "createdAt")),
            (ScheduleClient.TextOf(answer, "nextDue"), ScheduleClient.TextOf(answer, "createdAt")));
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task Delete_RemovesTheSchedule_UnlessItsTagIsAnother(string path)
    {
        var client = new ScheduleClient(app.App.Http, path);
        var rest = $"/{ScheduleClient.IdOf((await client.MakeAsync(Weekly)).Schedule)}";

        using var bound = await client.SendAsync(HttpMethod.Delete, rest, ifMatch: "\"another\"");
        using var deleted = await client.SendAsync(HttpMethod.Delete, rest);
        using var gone = await client.SendAsync(HttpMethod.Get, rest);
        using var again = await client.SendAsync(HttpMethod.Delete, rest);

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent), (bound.StatusCode, deleted.StatusCode));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (gone.StatusCode, again.StatusCode));
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task Pause_StopsTheSchedule_AndResumeSetsItGoing(string path)
    {
        var client = new ScheduleClient(app.App.Http, path);
        var id = ScheduleClient.IdOf((await client.MakeAsync(Weekly)).Schedule);

        var (paused, pausedTag) = await client.PostAsync(id, "pause");
        var (again, againTag) = await client.PostAsync(id, "pause");
        var (resumed, _) = await client.PostAsync(id, "resume");

        Assert.Equal(
            ("paused", false, null),
            (ScheduleClient.TextOf(paused, "state"), paused["enabled"]!.GetValue<bool>(), ScheduleClient.TextOf(paused, "nextDue")));
        Assert.Equal(("paused", pausedTag), (ScheduleClient.TextOf(again, "state"), againTag));
        Assert.Equal(("active", true), (ScheduleClient.TextOf(resumed, "state"), resumed["enabled"]!.GetValue<bool>()));
        Assert.NotNull(ScheduleClient.TextOf(resumed, "nextDue"));
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task Run_MakesAFile_AndDoesNotMoveTheRhythm(string path)
    {
        var client = new ScheduleClient(app.App.Http, path);
        var (schedule, _) = await client.MakeAsync(Weekly);
        var id = ScheduleClient.IdOf(schedule);

        using var response = await client.SendAsync(HttpMethod.Post, $"/{id}/run");
        var export = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var file = await app.Client.DownloadAsync(client.ExportOf(export));
        var run = await client.WaitForRunAsync(id, run => ScheduleClient.TextOf(run, "outcome") is "succeeded");

        Assert.Equal(
            (HttpStatusCode.Accepted, $"/api/v1/exports/{client.ExportOf(export)}"),
            (response.StatusCode, response.Headers.Location!.ToString()));
        Assert.NotEmpty(file);
        Assert.Equal((client.ExportOf(export), true), (ScheduleClient.TextOf(run, client.ExportName), run["byHand"]!.GetValue<bool>()));
        Assert.Equal(ScheduleClient.TextOf(schedule, "nextDue"), ScheduleClient.TextOf((await client.GetAsync(id)).Schedule, "nextDue"));
    }

    [Fact]
    public async Task Run_Answers409_WhileARunIsOpen_UnlessRunsMayOverlap()
    {
        const string Slow = """{"name":"Slow","export":{"dataset":"slow","format":"pdf"},"frequency":"daily","allowOverlap":ALLOW}""";
        var single = ScheduleClient.IdOf((await Schedules.MakeAsync(Slow.Replace("ALLOW", "false", StringComparison.Ordinal))).Schedule);
        var several = ScheduleClient.IdOf((await Schedules.MakeAsync(Slow.Replace("ALLOW", "true", StringComparison.Ordinal))).Schedule);

        using var first = await Schedules.SendAsync(HttpMethod.Post, $"/{single}/run");
        using var second = await Schedules.SendAsync(HttpMethod.Post, $"/{single}/run");
        using var third = await Schedules.SendAsync(HttpMethod.Post, $"/{several}/run");
        using var fourth = await Schedules.SendAsync(HttpMethod.Post, $"/{several}/run");

        var problem = (await second.Content.ReadFromJsonAsync<JsonNode>())!;
        foreach (var started in new[] { first, third, fourth })
        {
            using var canceled =
                await app.App.Http.PostAsync(new Uri($"{started.Headers.Location}/cancel", UriKind.Relative), content: null);
            Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (started.StatusCode, canceled.StatusCode));
        }

        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:exportfunctions:problem:run-still-open"),
            (second.StatusCode, ScheduleClient.TextOf(problem, "type")));
    }

    [Fact]
    public async Task Run_Answers409WithTheReason_WhenTheDatasetIsGone()
    {
        var storage = azurite.NewAccount();
        var without = Path.Combine(Path.GetDirectoryName(school.DatasetsFile)!, "without-courses.datasets.json");
        await File.WriteAllTextAsync(without, (await File.ReadAllTextAsync(school.DatasetsFile)).Replace(
            "\"name\": \"courses\"", "\"name\": \"lessons\"", StringComparison.Ordinal));
        string id;
        await using (var before = await TestApp.StartAsync(TestApp.Settings(storage, school.DatasetsFile)))
            id = ScheduleClient.IdOf((await new ScheduleClient(before.Http).MakeAsync(Weekly)).Schedule);

        await using var after = await TestApp.StartAsync(TestApp.Settings(storage, without));
        var client = new ScheduleClient(after.Http);
        using var response = await client.SendAsync(HttpMethod.Post, $"/{id}/run");
        var run = await client.WaitForRunAsync(id, run => ScheduleClient.TextOf(run, "outcome") is "failed");

        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:exportfunctions:problem:run-not-possible"),
            (response.StatusCode, ScheduleClient.TextOf(problem, "type")));
        Assert.Contains("dataset", ScheduleClient.TextOf(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(ScheduleClient.TextOf(problem, "detail"), ScheduleClient.TextOf(run, "reason"));
    }

    [Theory]
    [InlineData(ScheduleClient.Standard)]
    [InlineData(ScheduleClient.ImportExport)]
    public async Task Next_MarksTheDaysOnWhichTheClockChanges(string path)
    {
        // The EU's clocks change on the last Sundays of March and October.
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        var (march, october) = (LastSunday(year, 3), LastSunday(year, 10));
        var client = new ScheduleClient(app.App.Http, path);

        var spring = await NextAsync(client, march.AddDays(-1));
        var autumn = await NextAsync(client, october.AddDays(-1));

        Assert.Equal(["none", "gap", "none"], spring.Select(occurrence => ScheduleClient.TextOf(occurrence!, "clockChange")));
        Assert.Equal(
            (
                FormattableString.Invariant($"{march:yyyy-MM-dd}T04:00:00+03:00"),
                FormattableString.Invariant($"{march:yyyy-MM-dd}T01:00:00Z")),
            (ScheduleClient.TextOf(spring[1]!, "local"), ScheduleClient.TextOf(spring[1]!, "utc")));
        Assert.Equal(["none", "overlap", "none"], autumn.Select(occurrence => ScheduleClient.TextOf(occurrence!, "clockChange")));
        Assert.Equal(
            (
                FormattableString.Invariant($"{october:yyyy-MM-dd}T03:30:00+03:00"),
                FormattableString.Invariant($"{october:yyyy-MM-dd}T00:30:00Z")),
            (ScheduleClient.TextOf(autumn[1]!, "local"), ScheduleClient.TextOf(autumn[1]!, "utc")));
        Assert.Equal([false, true, false], autumn.Select(occurrence => ScheduleClient.TextOf(occurrence!, "note") is not null));
    }

    [Fact]
    public async Task Next_GivesFiveOccurrences_AndFewerWhenTheScheduleEnds()
    {
        var open = ScheduleClient.IdOf((await Schedules.MakeAsync(Weekly)).Schedule);
        var ending = ScheduleClient.IdOf((await Schedules.MakeAsync(
            """{"name":"x","export":{"dataset":"courses"},"frequency":"daily","startsAt":"2199-01-01T00:00:00Z","endsAt":"2199-01-02T12:00:00Z"}""")).Schedule);

        var five = await Schedules.ListAsync($"/{open}/next");
        var hundred = await Schedules.ListAsync($"/{open}/next?count=100");
        var few = await Schedules.ListAsync($"/{ending}/next");

        Assert.Equal((5, 100), (five["items"]!.AsArray().Count, hundred["items"]!.AsArray().Count));
        Assert.Equal(
            ["2199-01-01T00:00:00Z", "2199-01-02T00:00:00Z"],
            few["items"]!.AsArray().Select(occurrence => ScheduleClient.TextOf(occurrence!, "utc")));
    }

    [Fact]
    public async Task Preview_ShowsWhatWasUnderstood_AndKeepsNothing()
    {
        var before = await Schedules.ListAsync("?pageSize=500");

        using var response = await Schedules.SendAsync(HttpMethod.Post, "/preview", Weekly);
        using var earlier =
            await Earlier.SendAsync(
                HttpMethod.Post, "/preview", """{"name":"x","export":{"entity":"courses"},"frequency":"HOURLY","minute":15}""");

        var preview = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, earlier.StatusCode));
        Assert.Equal(
            ("every Monday at 06:00, Europe/Athens", 5),
            (ScheduleClient.TextOf(preview, "inWords"), preview["occurrences"]!.AsArray().Count));
        Assert.Equal(before.ToJsonString(), (await Schedules.ListAsync("?pageSize=500")).ToJsonString());
    }

    [Fact]
    public async Task Runs_AreListedNewestFirst_PageByPage()
    {
        var id = ScheduleClient.IdOf(
            (await Schedules.MakeAsync(Weekly.Replace("\"name\"", "\"allowOverlap\":true,\"name\"", StringComparison.Ordinal))).Schedule);
        var started = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var run = await Schedules.SendAsync(HttpMethod.Post, $"/{id}/run");
            started.Add(Schedules.ExportOf((await run.Content.ReadFromJsonAsync<JsonNode>())!));
        }

        var first = await Schedules.ListAsync($"/{id}/runs?pageSize=2");
        var second =
            await Earlier.ListAsync($"/{id}/runs?pageSize=2&continuationToken={ScheduleClient.TextOf(first, "continuationToken")}");

        var listed = first["items"]!.AsArray().Select(run => ScheduleClient.TextOf(run!, "exportId"))
            .Concat(second["runs"]!.AsArray().Select(run => ScheduleClient.TextOf(run!, "jobId")));
        Assert.Equal(Enumerable.Reverse(started), listed);
        Assert.Null(second["continuationToken"]);
    }

    private static async Task<JsonArray> NextAsync(ScheduleClient client, DateOnly from)
    {
        var body = $$"""{"name":"x","export":{"dataset":"courses"},"frequency":"daily","time":"03:30","timeZone":"Europe/Athens","startsAt":"{{from:yyyy-MM-dd}}T00:00:00Z"}""";
        var id = ScheduleClient.IdOf((await client.MakeAsync(body)).Schedule);
        return client.ItemsOf(await client.ListAsync($"/{id}/next?count=3"), "occurrences");
    }

    private static DateOnly LastSunday(int year, int month)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(int)last.DayOfWeek);
    }

    private static (DayOfWeek Day, int Hour) LocalOf(DateTimeOffset instant, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return (local.DayOfWeek, local.Hour);
    }
}

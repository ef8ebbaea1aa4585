using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Integration;

/// <summary>The HTTP API on real storage. One host serves HTTP only, so that its jobs stay queued.</summary>
[Integration]
public sealed class ExportApiTests(AppFixture app, AzuriteFixture azurite, SchoolFixture school) : IClassFixture<AppFixture>
{
    private const string Courses = """{"dataset":"courses","format":"csv"}""";

    [Fact]
    public async Task Create_AnswersWithTheJobAndWhereToFollowIt()
    {
        using var response = await app.Client.PostAsync("""{"dataset":"courses"}""", "/api/v1/exports?format=csv");

        var job = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var location = $"/api/v1/exports/{job["id"]!.GetValue<string>()}";
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(
            (location, location), (response.Headers.Location!.ToString(), response.Headers.GetValues("Operation-Location").Single()));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(("queued", "csv"), (ExportClient.StatusOf(job), job["format"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Create_TakesExcel_WhenNoFormatIsGiven()
    {
        using var response = await app.Client.PostAsync("""{"dataset":"courses"}""");

        Assert.Equal("excel", (await response.Content.ReadFromJsonAsync<JsonNode>())!["format"]!.GetValue<string>());
    }

    [Fact]
    public async Task Create_TakesTheEarlierSystemsNames_UnderItsPath()
    {
        using var response = await app.Client.PostAsync("""{"entity":"courses","export_format":"csv"}""", "/api/v1/import-export/exports");
        var id = (await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
        await app.Client.WaitUntilFinalAsync(id);

        var job = (await app.App.Http.GetFromJsonAsync<JsonNode>($"/api/v1/import-export/exports/{id}"))!;
        using var file = await app.App.Http.GetAsync(new Uri($"/api/v1/import-export/exports/{id}/file", UriKind.Relative));
        var list = (await app.App.Http.GetFromJsonAsync<JsonNode>("/api/v1/import-export/exports?entity=courses&pageSize=1"))!;

        Assert.Equal("succeeded", ExportClient.StatusOf(job));
        Assert.Equal(HttpStatusCode.Found, file.StatusCode);
        Assert.Single(list["exports"]!.AsArray());
    }

    [Fact]
    public async Task Create_GivesTheSameJob_ForTheSameKeyAndBody_And422ForAnother()
    {
        var key = AzuriteFixture.UniqueName("key");

        using var first = await app.Client.PostAsync(Courses, idempotencyKey: key);
        using var again = await app.Client.PostAsync(Courses, idempotencyKey: key);
        using var other = await app.Client.PostAsync("""{"dataset":"students"}""", idempotencyKey: key);

        Assert.Equal(
            (await first.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>(),
            (await again.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>());
        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity),
            (first.StatusCode, again.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Create_MakesOneJob_WhenTheSameKeyComesTenTimesAtOnce()
    {
        var key = AzuriteFixture.UniqueName("key");

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var response = await app.Client.PostAsync(Courses, idempotencyKey: key);
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<string>();
        }));

        Assert.Single(ids.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_Answers304_UntilTheJobChanges()
    {
        var id = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(id);
        using var first = await app.App.Http.GetAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/exports/{id}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await app.App.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Events_TellTheJobUntilItIsDone()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"grades","format":"csv"}""");

        var events = await app.App.Http.GetStringAsync(new Uri($"/api/v1/exports/{id}/events", UriKind.Relative));

        var last = events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].Split('\n');
        Assert.Equal("event: done", last[0]);
        Assert.Equal("succeeded", ExportClient.StatusOf(JsonNode.Parse(last[1]["data: ".Length..])!));
    }

    [Fact]
    public async Task List_GivesEveryJobOnce_NewestFirst_PageByPage()
    {
        await using var quiet = await TestApp.StartAsync(
            TestApp.Settings(azurite.NewAccount(), school.DatasetsFile), function => function.Name is "CreateExport" or "ListExports");
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add(await quiet.Client.SubmitAsync(i % 2 == 0 ? Courses : """{"dataset":"students"}"""));

        var listed = new List<string>();
        string? token = "";
        for (var page = 0; page < 4 && token is not null; page++)
        {
            var answer = (await quiet.Http.GetFromJsonAsync<JsonNode>(
                $"/api/v1/exports?pageSize=3{(token.Length > 0 ? $"&continuationToken={token}" : "")}"))!;
            listed.AddRange(answer["items"]!.AsArray().Select(job => job!["id"]!.GetValue<string>()));
            token = answer["continuationToken"]?.GetValue<string>();
        }

        var ofCourses =
            (await quiet.Http.GetFromJsonAsync<JsonNode>("/api/v1/exports?dataset=courses&status=queued&format=csv"))!["items"]!.AsArray();
        Assert.Equal(Enumerable.Reverse(ids), listed);
        Assert.Equal(4, ofCourses.Count);
    }

    [Fact]
    public async Task List_KeepsToItsPeriod()
    {
        await using var quiet = await TestApp.StartAsync(
            TestApp.Settings(azurite.NewAccount(), school.DatasetsFile),
            function => function.Name is "CreateExport" or "ListExports" or "GetExport");
        var first = await quiet.Client.SubmitAsync(Courses);
        await Task.Delay(20);
        var second = await quiet.Client.SubmitAsync(Courses);
        var border = (await quiet.Client.GetAsync(second))["createdAt"]!.GetValue<string>();

        // The border's fraction of a millisecond is no part of an id's time.
        var instant = Uri.EscapeDataString(DateTimeOffset.Parse(border, System.Globalization.CultureInfo.InvariantCulture).ToString(
            "yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
        var since = (await quiet.Http.GetFromJsonAsync<JsonNode>($"/api/v1/exports?from={instant}"))!["items"]!.AsArray();
        var before = (await quiet.Http.GetFromJsonAsync<JsonNode>($"/api/v1/exports?to={instant}"))!["items"]!.AsArray();

        Assert.Equal(second, Assert.Single(since)!["id"]!.GetValue<string>());
        Assert.Equal(first, Assert.Single(before)!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task File_Answers409_WhileThereIsNone_And404ForAStranger()
    {
        await using var quiet = await TestApp.StartAsync(
            TestApp.Settings(azurite.NewAccount(), school.DatasetsFile), function => function is not QueueFunction);
        var id = await quiet.Client.SubmitAsync(Courses);

        using var unfinished = await quiet.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));
        using var unknown = await quiet.Http.GetAsync(new Uri($"/api/v1/exports/{Guid.CreateVersion7()}/file", UriKind.Relative));
        using var nonsense = await quiet.Http.GetAsync(new Uri("/api/v1/exports/nonsense/file", UriKind.Relative));

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (unfinished.StatusCode, unknown.StatusCode, nonsense.StatusCode));
        Assert.Equal("application/problem+json", unfinished.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Cancel_EndsAQueuedJobAtOnce_AndADoneOneNot()
    {
        await using var quiet = await TestApp.StartAsync(
            TestApp.Settings(azurite.NewAccount(), school.DatasetsFile), function => function is not QueueFunction);
        var queued = await quiet.Client.SubmitAsync(Courses);
        var done = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(done);

        using var first = await quiet.Http.PostAsync(new Uri($"/api/v1/exports/{queued}/cancel", UriKind.Relative), content: null);
        using var again = await quiet.Http.PostAsync(new Uri($"/api/v1/exports/{queued}/cancel", UriKind.Relative), content: null);
        using var late = await app.App.Http.PostAsync(new Uri($"/api/v1/exports/{done}/cancel", UriKind.Relative), content: null);

        Assert.Equal("canceled", ExportClient.StatusOf((await first.Content.ReadFromJsonAsync<JsonNode>())!));
        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict),
            (first.StatusCode, again.StatusCode, late.StatusCode));
    }

    [Fact]
    public async Task Cancel_StopsARunningJob_AndLeavesNoFile()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"slow","format":"pdf"}""");
        await app.Client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);

        using var response = await app.App.Http.PostAsync(new Uri($"/api/v1/exports/{id}/cancel", UriKind.Relative), content: null);
        var job = await app.Client.WaitUntilFinalAsync(id);

        Assert.Equal((HttpStatusCode.Accepted, "canceled"), (response.StatusCode, ExportClient.StatusOf(job)));
        using var file = await app.App.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, file.StatusCode);
    }

    [Fact]
    public async Task Delete_RemovesJobAndFile()
    {
        var id = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(id);
        using var redirect = await app.App.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));

        using var deleted = await app.App.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));
        using var job = await app.App.Http.GetAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));
        using var file = await app.App.Http.GetAsync(redirect.Headers.Location);
        using var again = await app.App.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));

        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (deleted.StatusCode, job.StatusCode, file.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Datasets_TellColumnsTypesAndOperators()
    {
        var students = (await app.App.Http.GetFromJsonAsync<JsonNode>("/api/v1/datasets/students"))!;
        var all = (await app.App.Http.GetFromJsonAsync<JsonNode>("/api/v1/datasets"))!;
        using var unknown = await app.App.Http.GetAsync(new Uri("/api/v1/datasets/nobody", UriKind.Relative));

        var gpa = students["columns"]!.AsArray().Single(column => column!["name"]!.GetValue<string>() == "gpa")!;
        Assert.Equal(("decimal", 2), (gpa["type"]!.GetValue<string>(), gpa["scale"]!.GetValue<int>()));
        Assert.Contains("between", gpa["operators"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(
            ["broken", "slow", "students", "courses", "grades"],
            all["items"]!.AsArray().Select(dataset => dataset!["name"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Health_IsGood_WhenStorageAndSourcesAnswer_AndNamesWhatDoesNot()
    {
        var datasets = Path.Combine(Path.GetDirectoryName(school.DatasetsFile)!, "away.datasets.json");
        await File.WriteAllTextAsync(
            datasets, (await File.ReadAllTextAsync(school.DatasetsFile)).Replace("school.db", "nowhere.db", StringComparison.Ordinal));
        await using var away = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), datasets));

        using var good = await app.App.Http.GetAsync(new Uri("/api/v1/health", UriKind.Relative));
        using var bad = await away.Http.GetAsync(new Uri("/api/v1/health", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (good.StatusCode, bad.StatusCode));
        Assert.Equal("""{"status":"unhealthy"}""", await bad.Content.ReadAsStringAsync());
        using var details = await away.Http.GetAsync(new Uri("/api/v1/health/details", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, details.StatusCode);
        var checks = (await details.Content.ReadFromJsonAsync<JsonNode>())!["checks"]!.AsArray();
        Assert.Equal(["storage healthy", "source school unhealthy"], checks.Select(check => $"{check!["name"]} {check["status"]}"));
    }
}

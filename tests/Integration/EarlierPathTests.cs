using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>What can be done with an export, under this API's paths and under those of the earlier system's clients.</summary>
[Integration]
public sealed class EarlierPathTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Courses = """{"dataset":"courses","format":"csv","limit":3,"notify":["registrar@example.org"]}""";

    public static TheoryData<string> Paths { get; } = new("/api/v1/exports", "/api/v1/import-export/exports");

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Events_FollowTheExport(string path)
    {
        var id = await app.Client.SubmitAsync(Courses);

        var events = await app.App.Http.GetStringAsync(new Uri($"{path}/{id}/events", UriKind.Relative));

        Assert.Contains("event: done", events, StringComparison.Ordinal);
        Assert.Contains($"\"id\":\"{id}\"", events, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Cancel_And_Delete_EndTheExport(string path)
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");

        using var canceled = await app.Client.PostAsync("", $"{path}/{id}/cancel");
        var job = await app.Client.WaitUntilFinalAsync(id);
        using var deleted = await app.App.Http.DeleteAsync(new Uri($"{path}/{id}", UriKind.Relative));
        using var gone = await app.App.Http.GetAsync(new Uri($"{path}/{id}", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Accepted, "canceled"), (canceled.StatusCode, ExportClient.StatusOf(job)));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Restore_SaysWhyThereIsNothingToRestore(string path)
    {
        var id = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(id);

        using var kept = await app.Client.PostAsync("""{"days":3}""", $"{path}/{id}/restore");
        using var wrong = await app.Client.PostAsync("""{"days":0}""", $"{path}/{id}/restore");
        using var unknown = await app.Client.PostAsync("""{"days":3}""", $"{path}/{Guid.CreateVersion7()}/restore");

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.NotFound),
            (kept.StatusCode, wrong.StatusCode, unknown.StatusCode));
        Assert.Equal("urn:exportfunctions:problem:file-not-archived", await ProblemOf(kept));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Retry_MakesANewExportOfTheSameRequest(string path)
    {
        var id = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(id);

        using var response = await app.Client.PostAsync("", $"{path}/{id}/retry");
        var again = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var newId = again["id"]!.GetValue<string>();
        var (first, second) = (await app.Client.DownloadAsync(id), await app.Client.DownloadAsync(newId));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/v1/exports/{newId}", response.Headers.Location!.ToString());
        Assert.NotEqual(id, newId);
        Assert.Equal(
            (3, "registrar@example.org"),
            (again["request"]!["limit"]!.GetValue<int>(), again["request"]!["notify"]![0]!.GetValue<string>()));
        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Retry_IsRefused_WhileTheExportRuns_AndForUnknownOnes(string path)
    {
        var running = await app.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");

        using var early = await app.Client.PostAsync("", $"{path}/{running}/retry");
        using var canceled = await app.Client.PostAsync("", $"{path}/{running}/cancel");
        using var unknown = await app.Client.PostAsync("", $"{path}/{Guid.CreateVersion7()}/retry");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (early.StatusCode, unknown.StatusCode));
        Assert.Equal("urn:exportfunctions:problem:export-not-final", await ProblemOf(early));
    }

    [Fact]
    public async Task Retry_GivesTheSameExport_ForTheSameKey()
    {
        var id = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(id);
        var key = AzuriteFixture.UniqueName("key");

        var first = await RetryAsync(id, key);
        var again = await RetryAsync(id, key);
        var other = await RetryAsync(id, key: null);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Retry_TakesTheFilterAlong_ThatIsKeptApart()
    {
        // A filter of this size lies beside the job's record.
        var values = new JsonArray([.. Enumerable.Range(1, 20_000).Select(number => (JsonNode)JsonValue.Create(number))]);
        var request = new JsonObject
        {
            ["dataset"] = "students",
            ["format"] = "csv",
            ["limit"] = 5,
            ["filter"] = new JsonObject { ["column"] = "id", ["op"] = "in", ["value"] = values },
        };
        var id = await app.Client.SubmitAsync(request.ToJsonString());
        var first = await app.Client.DownloadAsync(id);

        var again = await app.Client.DownloadAsync(await RetryAsync(id, key: null));

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task EarlierLists_KeepTheNamesTheirClientsKnow()
    {
        var id = await app.Client.SubmitAsync(Courses);
        await app.Client.WaitUntilFinalAsync(id);
        var record = await FindRecordAsync(id);

        var exports = await GetAsync("/api/v1/import-export/exports");
        var slowest = await GetAsync("/api/v1/import-export/performance/slowest?entity=courses&days=2");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/import-export/metrics?entity=courses");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var lines = await app.App.Http.SendAsync(request);

        Assert.Contains(exports["exports"]!.AsArray(), export => export!["id"]!.GetValue<string>() == id);
        Assert.NotNull(exports["unreadable"]);
        Assert.Null(exports["items"]);
        Assert.Equal("succeeded", record["outcome"]!.GetValue<string>());
        Assert.NotEmpty(slowest["exports"]!.AsArray());
        Assert.All(slowest["exports"]!.AsArray(), slow => Assert.NotNull(slow!["jobId"]));
        Assert.Contains(
            (await lines.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => JsonNode.Parse(line)!["jobId"]!.GetValue<string>() == id && JsonNode.Parse(line)!["exportId"] is null);
    }

    private async Task<string> RetryAsync(string id, string? key)
    {
        using var response = await app.Client.PostAsync("", $"/api/v1/exports/{id}/retry", key);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    private async Task<JsonNode> FindRecordAsync(string id)
    {
        // The record follows the job's final state by a moment.
        for (var tries = 0; tries < 600; tries++)
        {
            var records = (await GetAsync("/api/v1/import-export/metrics?entity=courses&pageSize=500"))["records"]!.AsArray();
            if (records.FirstOrDefault(record => record!["jobId"]!.GetValue<string>() == id) is { } found)
                return found;

            await Task.Delay(100);
        }

        throw new TimeoutException($"No record of {id}.");
    }

    private async Task<JsonNode> GetAsync(string path) => (await app.App.Http.GetFromJsonAsync<JsonNode>(path))!;

    private static async Task<string> ProblemOf(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>())!["type"]!.GetValue<string>();
}

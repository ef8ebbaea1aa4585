using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>What the API says of exports that ran.</summary>
[Integration]
public sealed class MonitoringApiTests(AppFixture app) : IClassFixture<AppFixture>
{
    public static TheoryData<string, string> BadQueries { get; } = new()
    {
        { "metrics?outcome=nobody", "outcome" },
        { "metrics?from=yesterday", "from" },
        { "metrics?pageSize=0", "pageSize" },
        { "metrics?continuationToken=nonsense", "continuationToken" },
        { "metrics?continuationToken=YSBi", "continuationToken" },
        { "performance?days=0", "days" },
        { "performance?days=93", "days" },
        { "performance?from=2026-09-01&days=3", "days" },
        { "performance?from=2026-09-02&to=2026-09-01", "to" },
        { "performance?from=2020-01-01", "from" },
        { "performance?from=2026-09-01T08:00:00Z", "from" },
        { "performance/slowest?count=51", "count" },
    };

    [Fact]
    public async Task Export_IsInTheRecords_AndInTheFigures()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        var job = await app.Client.WaitUntilFinalAsync(id);

        var record = await FindAsync(id);
        var figures = await GetAsync("/api/v1/import-export/performance?entity=courses&export_format=csv&days=2");
        var slowest = await GetAsync("/api/v1/performance/slowest?dataset=courses&days=2");

        Assert.Equal(("succeeded", 1), (record["outcome"]!.GetValue<string>(), record["attempt"]!.GetValue<int>()));
        Assert.Equal(job["file"]!["bytes"]!.GetValue<long>(), record["bytes"]!.GetValue<long>());
        Assert.Equal(job["rowsWritten"]!.GetValue<long>(), record["rows"]!.GetValue<long>());
        Assert.True(figures["totals"]!["succeeded"]!.GetValue<int>() >= 1);
        Assert.Contains(slowest["items"]!.AsArray(), slow => slow!["exportId"]!.GetValue<string>() == id);
    }

    [Fact]
    public async Task Metrics_AreLines_WhenAskedFor()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv","limit":1}""");
        await app.Client.WaitUntilFinalAsync(id);
        await FindAsync(id);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/metrics?dataset=courses");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));

        using var response = await app.App.Http.SendAsync(request);

        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(lines, line => JsonNode.Parse(line)!["exportId"]!.GetValue<string>() == id);
    }

    [Theory]
    [MemberData(nameof(BadQueries))]
    public async Task Query_IsAnsweredWith400NamingTheParameter(string query, string parameter)
    {
        foreach (var path in new[] { "/api/v1/", "/api/v1/import-export/" })
        {
            using var response = await app.App.Http.GetAsync(new Uri(path + query, UriKind.Relative));

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(
                [parameter], (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key));
        }
    }

    private async Task<JsonNode> GetAsync(string path) => (await app.App.Http.GetFromJsonAsync<JsonNode>(path))!;

    private async Task<JsonNode> FindAsync(string id)
    {
        // The record follows the job's final state by a moment.
        for (var tries = 0; tries < 100; tries++)
        {
            var records = (await GetAsync("/api/v1/metrics?dataset=courses&outcome=succeeded&pageSize=500"))["items"]!.AsArray();
            if (records.FirstOrDefault(record => record!["exportId"]!.GetValue<string>() == id) is { } found)
                return found;

            await Task.Delay(50);
        }

        throw new TimeoutException($"No record of {id}.");
    }
}

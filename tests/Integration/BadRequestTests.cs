using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ExportFunctions.Tests.OpenApi;

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// Every call, with everything wrong that people and programs send: a problem that says what, and never a fault of the app.
/// </summary>
[Integration]
public sealed class BadRequestTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const int Requests = 12_000;
    private const string InvalidRequest = "urn:exportfunctions:problem:invalid-request";
    private const string Id = "019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21";

    public static TheoryData<string, string> Operations { get; } = new(
        OpenApiDocument.Operations.Where(operation => operation.Method != "options").Select(operation => (operation.Id, operation.Method)));

    public static TheoryData<string> Paths { get; } = new(OpenApiDocument.Operations.Where(
        operation => operation.Method != "options").Select(operation => operation.Path).Distinct(StringComparer.Ordinal));

    public static TheoryData<string, string, string> Filters { get; } = new()
    {
        { "exports", "dataset=nope", "dataset" },
        { "exports", "dataset=Students", "dataset" },
        { "exports", "format=docx", "format" },
        { "exports", "status=nope", "status" },
        { "exports", "from=2026-09-02&to=2026-09-01", "to" },
        { "exports", "status=queued&status=running", "status" },
        { "exports", "continuationToken=4pyTIOKckw", "continuationToken" },
        { "import-export/exports", "entity=nope", "entity" },
        { "import-export/exports", "export_format=docx", "export_format" },
        { "import-export/exports", "entity=students&dataset=students", "dataset" },
        { "deliveries", "event=export.done", "event" },
        { "deliveries", "state=nope", "state" },
        { "deliveries", "exportId=7", "exportId" },
        { "metrics", "dataset=nope", "dataset" },
        { "metrics", "outcome=nope", "outcome" },
        { "import-export/metrics", "export_format=docx", "export_format" },
        { "performance", "format=docx", "format" },
        { "performance/slowest", "dataset=nope", "dataset" },
        { "performance/report", "exportFormat=docx", "exportFormat" },
        { "performance/report", "format=pdf", "format" },
        { "alerts", "acknowledged=maybe", "acknowledged" },
    };

    [Fact]
    public async Task Api_AnswersWithAProblemThatSaysWhat_ToThousandsOfBadRequests()
    {
        var bad = new BadRequests(seed: 16);
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests).Select(
            _ => bad.Next()).ToList(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, cancellationToken) =>
        {
            using var request = item.Request;
            using var response = await app.App.Http.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Head)
            {
                Assert.True((int)response.StatusCode is >= 400 and < 500, $"{response.StatusCode} for {item.Text}");
                return;
            }

            var content = await response.Content.ReadAsStringAsync(cancellationToken);

            var problem = content.Length == 0 ? null : JsonNode.Parse(content)!;
            Assert.True((int)response.StatusCode is >= 400 and < 500, $"{response.StatusCode} for {item.Text}: {content}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("urn:exportfunctions:problem:", problem?["type"]?.GetValue<string>(), StringComparison.Ordinal);
            if (response.StatusCode == HttpStatusCode.BadRequest && problem?["type"]?.GetValue<string>() is InvalidRequest)
                Assert.True(problem!["errors"] is JsonObject { Count: > 0 }, $"No field is named for {item.Text}: {content}");
        });
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Query_TakesWhatTheDocumentSays_AndNoMore(string id, string method)
    {
        // The webhook is looked for before anything else.
        if (id is "ReplaceWebhook")
            return;

        var operation = OpenApiDocument.Operations.Single(operation => operation.Id == id);
        foreach (var known in operation.ParametersIn("query").Append("code"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"{PathOf(operation)}?nope=1&{known}=");
            if (operation.Operation["requestBody"] is not null)
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");

            using var response = await app.App.Http.SendAsync(request);

            var errors = (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject();
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.StartsWith("Unknown query parameter", errors["nope"]![0]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.DoesNotContain("query parameter", errors[known]?.ToJsonString() ?? "", StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_Answers400NamingTheFilter(string list, string query, string parameter)
    {
        using var response = await app.App.Http.GetAsync(new Uri($"/api/v1/{list}?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([parameter], (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("exports?format=XLSX")]
    [InlineData("exports?dataset=students&format=csv&status=failed&from=2026-09-01&to=2026-09-02&pageSize=1&code=x&clientId=default")]
    [InlineData("metrics?format=xlsx")]
    [InlineData("performance?format=Excel&days=3")]
    [InlineData("performance/report?exportFormat=xlsx&format=json")]
    public async Task List_IsAnswered_WhenTheFiltersAreRight(string list)
    {
        using var response = await app.App.Http.GetAsync(new Uri($"/api/v1/{list}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Create_NamesWhatIsWrongWithQueryHeaderAndBody_AtOnce()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/exports?format=docx&colour=red")
        {
            Content =
                new StringContent("""{"dataset":"nobody","limit":-1,"options":{"timeZone":"x"}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", new string('k', 256));

        using var response = await app.App.Http.SendAsync(request);

        var errors = (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key);
        Assert.Equal(["Idempotency-Key", "colour", "dataset", "format", "limit", "options.timeZone"], errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Create_NamesWhatIsWrongWithQueryAndHeader_WhenTheBodyIsNotJson()
    {
        using var response = await app.Client.PostAsync("{", "/api/v1/exports?colour=red", new string('k', 256));

        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("urn:exportfunctions:problem:malformed-json", problem["type"]!.GetValue<string>());
        Assert.Equal(["Idempotency-Key", "colour"], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Path_SaysWhichMethodsItTakes(string path)
    {
        var url = new Uri(PathOf(path), UriKind.Relative);
        using var options = await app.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, url));
        using var patch = await app.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Patch, url));

        var described =
            OpenApiDocument.Operations.Where(operation => operation.Path == path).Select(operation => operation.Method.ToUpperInvariant());
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, patch.StatusCode);
        Assert.Equal("application/problem+json", patch.Content.Headers.ContentType!.MediaType);
        Assert.Equal(options.Content.Headers.Allow, patch.Content.Headers.Allow);
        Assert.Subset(
            options.Content.Headers.Allow.ToHashSet(StringComparer.Ordinal), described.Append("OPTIONS").ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Head_IsAnsweredAsGetIs_WithoutContent(string path)
    {
        if (!OpenApiDocument.Operations.Any(operation => operation.Path == path && operation.Method == "get"))
            return;

        var url = new Uri(PathOf(path), UriKind.Relative);
        using var head = await app.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var get = await app.App.Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Head_EndsAtOnce_WhereGetFollowsTheExport()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");

        using var head = await app.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/api/v1/exports/{id}/events"));

        using var canceled = await app.Client.PostAsync("", $"/api/v1/exports/{id}/cancel");
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType!.MediaType));
    }

    private static string PathOf(OpenApiOperation operation) => PathOf(operation.Path);

    private static string PathOf(string path) =>
        path.Replace("{id}", Id, StringComparison.Ordinal).Replace("{name}", "students", StringComparison.Ordinal);
}

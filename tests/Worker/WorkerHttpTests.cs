using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Worker;

/// <summary>What callers of the published app are answered.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerHttpTests(WorkerFixture worker)
{
    private const string Unknown = "019a0000-0000-7000-8000-000000000000";
    private const string Schedule = """{"name":"Nightly","frequency":"daily","time":"02:00","export":{"dataset":"courses"}}""";

    [Theory]
    [InlineData("GET", "/api/v1/health", 200)]
    [InlineData("HEAD", "/api/v1/health", 200)]
    [InlineData("GET", "/api/openapi.json", 200)]
    [InlineData("GET", "/api/docs", 200)]
    [InlineData("OPTIONS", "/api/v1/exports", 204)]
    [InlineData("GET", "/api/v1/exports?color=red", 400)]
    [InlineData("GET", $"/api/v1/exports/{Unknown}", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("PATCH", "/api/v1/exports", 405)]
    [InlineData("POST", "/api/v1/schedules", 201, Schedule)]
    [InlineData("POST", "/api/v1/exports", 202, """{"dataset":"courses","format":"csv"}""")]
    [InlineData("POST", "/api/v1/exports", 400, "not JSON")]
    [InlineData("POST", "/api/v1/exports", 400, """{"dataset":"nothing"}""")]
    public async Task Answer_HasTheStatus(string method, string path, int status, string? body = null)
    {
        using var request = Request(method, path, body);

        using var response = await worker.Client.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        if (status >= 400)
            await AssertProblemAsync(response);
    }

    [Theory]
    [InlineData("cancellationToken", "/api/v1/exports?cancellationToken=x", null)]
    [InlineData("request", "/api/v1/exports?request=x", null)]
    [InlineData("cancellationToken", "/api/v1/exports", """{"dataset":"courses","cancellationToken":"x"}""")]
    [InlineData("request", "/api/v1/exports", """{"dataset":"courses","request":"x"}""")]
    public async Task Answer_NamesTheField_WhenItIsCalledAsAFunctionsParameterIs(string field, string path, string? body)
    {
        using var request = Request(body is null ? "GET" : "POST", path, body);

        using var response = await worker.Client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await AssertProblemAsync(response);
        Assert.Equal([field], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Answer_Is413_WhenTheBodyIsTooLarge()
    {
        using var request = Request("POST", "/api/v1/exports", new string(' ', 5 * 1024 * 1024));

        using var response = await worker.Client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await AssertProblemAsync(response);
    }

    [Fact]
    public async Task Answer_Is422_WhenAnIdempotencyKeyIsUsedForAnotherRequest()
    {
        using var first = await worker.Client.PostAsync("""{"dataset":"courses","format":"csv"}""", idempotencyKey: "of the first");

        using var second = await worker.Client.PostAsync("""{"dataset":"courses","format":"pdf"}""", idempotencyKey: "of the first");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity), (first.StatusCode, second.StatusCode));
        await AssertProblemAsync(second);
    }

    [Fact]
    public async Task Answer_Follows_TheStateOfAJob()
    {
        var id = await worker.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await worker.Client.WaitUntilFinalAsync(id);
        using var known = await worker.Client.Http.GetAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));
        using var again = Request("GET", $"/api/v1/exports/{id}", body: null);
        again.Headers.IfNoneMatch.Add(known.Headers.ETag!);

        using var unchanged = await worker.Client.Http.SendAsync(again);
        using var file = await worker.Client.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));
        using var cancel = await worker.Client.PostAsync("", $"/api/v1/exports/{id}/cancel");
        using var deleted = await worker.Client.Http.DeleteAsync(new Uri($"/api/v1/exports/{id}", UriKind.Relative));
        using var gone = await worker.Client.Http.GetAsync(new Uri($"/api/v1/exports/{id}/file", UriKind.Relative));

        Assert.Equal(
            [304, 302, 409, 204, 404], new[] { unchanged, file, cancel, deleted, gone }.Select(response => (int)response.StatusCode));
        await AssertProblemAsync(cancel);
    }

    [Theory]
    [InlineData(null, 428)]
    [InlineData("\"another\"", 412)]
    public async Task Answer_RefusesAChange_WithoutTheRecordsPresentETag(string? etag, int status)
    {
        using var made = await worker.Client.PostAsync(Schedule, "/api/v1/schedules");
        using var request = Request("PUT", made.Headers.Location!.ToString(), Schedule);
        if (etag is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(etag));

        using var response = await worker.Client.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        await AssertProblemAsync(response);
    }

    [Fact]
    public async Task Answer_Is401_WithoutTheKey()
    {
        using var stranger = new HttpClient { BaseAddress = worker.Host.Url };

        using var refused = await stranger.GetAsync(new Uri("/api/v1/exports", UriKind.Relative));
        using var open = await stranger.GetAsync(new Uri("/api/v1/health", UriKind.Relative));
        using var keyed = await stranger.GetAsync(
            new Uri($"/api/v1/exports?code={Uri.EscapeDataString(WorkerHosts.Key)}", UriKind.Relative));

        using var details = await stranger.GetAsync(new Uri("/api/v1/health/details", UriKind.Relative));

        Assert.Equal([401, 200, 200, 401], new[] { refused, open, keyed, details }.Select(response => (int)response.StatusCode));
    }

    private static async Task<JsonNode> AssertProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        return problem;
    }

    private static HttpRequestMessage Request(string method, string path, string? body) => new(new HttpMethod(method), path)
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
    };
}

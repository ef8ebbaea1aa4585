using System.Net;
using System.Text;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>What the published app takes, and from whom.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerDoorTests(WorkerFixture worker, AzuriteFixture azurite, SchoolFixture school)
{
    private const string Export = """{"dataset":"courses","format":"csv","limit":1}""";

    [Theory]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "gzip", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", null, HttpStatusCode.Accepted)]
    public async Task Body_IsJsonOnly(string type, string? encoding, HttpStatusCode expected)
    {
        using var content = new StringContent(Export, Encoding.UTF8, type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        using var response = await worker.Client.Http.PostAsync("/api/v1/exports", content, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Request_IsTakenFromAnyOrigin_WhenTheHostAsksForAKey()
    {
        Assert.Equal(HttpStatusCode.OK, await GetAsync(worker.Client, "exports.school.example", "https://portal.example.org"));
    }

    [Fact]
    public async Task Request_IsRefused_WhenItIsForeignAndTheHostAsksForNoKey()
    {
        var settings = WorkerHosts.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["FUNCTIONS_CORETOOLS_ENVIRONMENT"] = "True";
        await using var host = await WorkerHosts.StartAsync(settings);
        using var client = WorkerHosts.ClientOf(host);

        var own = await GetAsync(client, "localhost:7071", "http://localhost:7071");
        var otherHost = await GetAsync(client, "evil.example:7071", origin: null);
        var otherOrigin = await GetAsync(client, "localhost:7071", "https://evil.example");

        Assert.Equal(HttpStatusCode.OK, own);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, otherHost);
        Assert.Equal(HttpStatusCode.Forbidden, otherOrigin);
    }

    private static async Task<HttpStatusCode> GetAsync(ExportClient client, string host, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/exports");
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var response = await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>What a host that asks for no key takes, and from whom.</summary>
[Integration]
public sealed class DoorTests(AppFixture app, AzuriteFixture azurite, SchoolFixture school) : IClassFixture<AppFixture>
{
    private const string Export = """{"dataset":"courses","format":"csv","limit":1}""";
    private const string Id = "019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("POST", "/api/v1/exports")]
    [InlineData("POST", "/api/v1/import-export/exports")]
    [InlineData("POST", $"/api/v1/exports/{Id}/cancel")]
    [InlineData("POST", "/api/v1/schedules")]
    [InlineData("POST", "/api/v1/schedules/preview")]
    [InlineData("POST", $"/api/v1/schedules/{Id}/run")]
    [InlineData("PUT", $"/api/v1/schedules/{Id}")]
    [InlineData("POST", "/api/v1/webhooks")]
    [InlineData("POST", "/api/v1/subscriptions")]
    [InlineData("POST", "/api/v1/maintenance/cleanup")]
    [InlineData("POST", "/api/v1/alerts/rules")]
    [InlineData("DELETE", $"/api/v1/exports/{Id}")]
    public async Task Body_Is415_WhenAFormOrAnEncodingSendsIt(string method, string path)
    {
        using var form = await SendAsync(method, path, request => request.Content = new StringContent(Export, Encoding.UTF8, "text/plain"));
        using var none = await SendAsync(method, path, request => request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Export)));
        using var zipped = await SendAsync(method, path, request => request.Content = new ByteArrayContent([0x1f, 0x8b])
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } },
        });

        Assert.Equal("urn:exportfunctions:problem:unsupported-media-type", await ProblemAsync(form, 415));
        Assert.Equal("urn:exportfunctions:problem:unsupported-media-type", await ProblemAsync(none, 415));
        Assert.Equal("urn:exportfunctions:problem:unsupported-encoding", await ProblemAsync(zipped, 415));
        Assert.Equal("identity", zipped.Headers.GetValues("Accept-Encoding").Single());
    }

    [Theory]
    [InlineData("POST", "/api/v1/exports")]
    [InlineData("GET", "/api/v1/exports")]
    [InlineData("GET", "/api/v1/health")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("GET", "/dev/inbox")]
    [InlineData("GET", "/")]
    public async Task Request_IsRefused_WhenItsHostOrOriginIsForeign(string method, string path)
    {
        using var host = await SendAsync(method, path, request => request.Headers.Host = "evil.example:7071");
        using var origin = await SendAsync(method, path, request => request.Headers.Add("Origin", "https://evil.example"));

        Assert.Equal("urn:exportfunctions:problem:foreign-host", await ProblemAsync(host, 421));
        Assert.Equal("urn:exportfunctions:problem:foreign-origin", await ProblemAsync(origin, 403));
        Assert.False(origin.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Request_IsTaken_WhenThePageIsTheAppsOwn()
    {
        using var response = await SendAsync("POST", "/api/v1/exports", request =>
        {
            request.Headers.Add("Origin", app.App.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
            request.Content = new StringContent(Export, Encoding.UTF8, "application/json");
        });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Preflight_IsRefused_WhenNoOriginIsConfigured()
    {
        using var response = await SendAsync("OPTIONS", "/api/v1/exports", request => Preflight(request, "https://portal.example.org"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a function's key")]
    public async Task Preflight_IsAnswered_WhenTheOriginIsConfigured(string? key)
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["Http:AllowedOrigins:0"] = "https://portal.example.org";
        settings["FUNCTIONS_KEY"] = key;
        await using var other = await TestApp.StartAsync(settings);

        using var allowed = await SendAsync(
            other.Http, "OPTIONS", "/api/v1/exports", request => Preflight(request, "https://portal.example.org"));
        using var foreign = await SendAsync(
            other.Http, "OPTIONS", "/api/v1/exports", request => Preflight(request, "https://evil.example"));
        using var read = await SendAsync(other.Http, "GET", "/api/v1/exports", request =>
        {
            request.Headers.Add("Origin", "https://portal.example.org");
            request.Headers.Add("x-functions-key", key ?? "none is asked for");
        });

        Assert.Equal("https://portal.example.org", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(foreign.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal("https://portal.example.org", read.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Request_IsTakenByAnyName_WhenAKeyIsAskedFor()
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["FUNCTIONS_KEY"] = "a function's key";
        await using var other = await TestApp.StartAsync(settings);

        using var response = await SendAsync(other.Http, "GET", "/api/v1/exports", request =>
        {
            request.Headers.Host = "exports.school.example";
            request.Headers.Add("Origin", "https://portal.example.org");
            request.Headers.Add("x-functions-key", "a function's key");
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("80000000")]
    [InlineData("100000000")]
    [InlineData("-1")]
    [InlineData("xyz")]
    [InlineData("")]
    public async Task Chunk_Is400_WhenItsSizeCannotBe(string size)
    {
        var status = await RawAsync($"Transfer-Encoding: chunked\r\n\r\n{size}\r\n{Export}\r\n0\r\n\r\n");

        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\n{\"a\":1}")]
    [InlineData("Content-Length: 5, 6\r\n\r\n{\"a\":1}")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("Content-Length: 99999999999\r\n\r\n")]
    [InlineData("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: gzip\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n")]
    public async Task Request_IsRefusedAsBad_WhenItsLengthIsContradictory(string rest)
    {
        var status = await RawAsync(rest);

        Assert.InRange(status, 400, 499);
    }

    /// <summary>Sends an export's headers and what follows as they are, and gives the answer's status.</summary>
    private async Task<int> RawAsync(string rest)
    {
        var url = app.App.Http.BaseAddress!;
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, patience.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/exports HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n{rest}"), patience.Token);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = await reader.ReadLineAsync(patience.Token);
        Assert.NotNull(line);
        return int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, Action<HttpRequestMessage> change) =>
        SendAsync(app.App.Http, method, path, change);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        change(request);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static void Preflight(HttpRequestMessage request, string origin)
    {
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
    }

    private static async Task<string?> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["type"]!.GetValue<string>();
    }
}

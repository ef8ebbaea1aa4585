using System.Net;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Tests.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Local.Http;

[Integration]
public sealed class HttpFunctionsTests : IAsyncLifetime
{
    private readonly Probe _probe = new();
    private readonly HttpClient _http = new();
    private LocalHost? _host;

    [Fact]
    public async Task Request_BindsRouteQueryAndToken_InAScopeOfItsOwn()
    {
        var text = await _http.GetStringAsync(Url("test/echo/a%20b?q=%CE%B5"), TestContext.Current.CancellationToken);

        Assert.Equal("a b ε False True", text);
    }

    [Theory]
    [InlineData("GET", "test/nothing")]
    [InlineData("GET", "test/nothing.json")]
    [InlineData("DELETE", "test/echo/1")]
    public async Task Request_Answers404_WhenNoFunctionHasPathAndMethod(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Url(path));

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Request_Answers500WithoutTheReason_WhenAFunctionThrows()
    {
        using var response = await _http.GetAsync(Url("test/throw"), TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("urn:exportfunctions:problem:internal", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Answers413_WhenTheBodyIsLargerThanTheFunctionsHostTakes()
    {
        using var content = new StreamContent(new MemoryStream(new byte[1]));
        content.Headers.ContentLength = 104_857_601;
        using var request = new HttpRequestMessage(HttpMethod.Post, Url("test/length")) { Content = content };
        request.Headers.ExpectContinue = true;

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Request_DisposesTheFunction_WhenItIsAnswered()
    {
        await _http.GetStringAsync(Url("test/echo/1"), TestContext.Current.CancellationToken);

        // The host's stop waits for requests to end altogether.
        await _host!.StopAsync();

        Assert.Equal(1, _probe.Disposed);
    }

    [Theory]
    [InlineData("test/keyed", null, HttpStatusCode.Unauthorized)]
    [InlineData("test/keyed", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("test/keyed?code=secret", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("test/keyed?code=wrong", null, HttpStatusCode.Unauthorized)]
    [InlineData("test/keyed?code=secret", null, HttpStatusCode.OK)]
    [InlineData("test/keyed", "secret", HttpStatusCode.OK)]
    [InlineData("test/echo/1", null, HttpStatusCode.OK)]
    public async Task Request_IsAskedForTheKey_WhenOneIsSet(string path, string? header, HttpStatusCode expected)
    {
        await using var host = await StartAsync(("FUNCTIONS_KEY", "secret"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Url, path));
        if (header is not null)
            request.Headers.Add("x-functions-key", header);

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Request_NeedsNoKey_WhenNoneIsSet()
    {
        using var response = await _http.GetAsync(Url("test/keyed"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task StopAsync_EndsEventStreams_WithoutWaitingForTheGracePeriod()
    {
        await using var host = await StartAsync(("LOCAL_SHUTDOWN_GRACE", "01:00:00"));
        await using var events = await _http.GetStreamAsync(new Uri(host.Url, "test/events"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(events);
        var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        await host.StopAsync().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal("data: first", first);
    }

    [Fact]
    public async Task StopAsync_Answers503_WhenARequestOutlastsTheGracePeriod()
    {
        await using var host = await StartAsync(("LOCAL_SHUTDOWN_GRACE", "00:00:00"));
        var waiting = _http.GetAsync(new Uri(host.Url, "test/wait"), TestContext.Current.CancellationToken);
        await _probe.Waits.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await host.StopAsync().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var response = await waiting;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task StartAsync_NamesThePort_WhenItIsBusy()
    {
        var options = Options() with { Port = _host!.Url.Port };

        var failure =
            await Assert.ThrowsAsync<StartFailedException>(() => LocalHost.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains($"Port {_host.Url.Port} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Url_IsLoopback_ByDefault() => Assert.True(_host!.Url.IsLoopback);

    public async ValueTask InitializeAsync() => _host = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host!.DisposeAsync();
    }

    private Uri Url(string path) => new(_host!.Url, path);

    private Task<LocalHost> StartAsync(params (string Name, string Value)[] settings) =>
        LocalHost.StartAsync(Options(settings), TestContext.Current.CancellationToken);

    private LocalHostOptions Options(params (string Name, string Value)[] settings) => LocalHosts.Options(
        function => function is HttpFunction && function.Name.StartsWith("Test", StringComparison.Ordinal),
        LocalHosts.Settings(settings),
        services => services.AddSingleton(_probe).AddScoped<CallScope>());
}

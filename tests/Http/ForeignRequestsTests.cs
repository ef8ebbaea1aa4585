using ExportFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Http;

public sealed class ForeignRequestsTests
{
    [Theory]
    [InlineData("localhost:7071", null)]
    [InlineData("LocalHost", null)]
    [InlineData("app.localhost:7071", null)]
    [InlineData("127.0.0.1:7071", null)]
    [InlineData("[::1]:7071", null)]
    [InlineData("192.0.2.7:7071", null)]
    [InlineData("", null)]
    [InlineData("pc7.school.example:7071", null)]
    [InlineData("exports.school.example", null)]
    [InlineData("localhost:7071", "http://localhost:7071")]
    [InlineData("127.0.0.1:7071", "http://127.0.0.1:7071")]
    [InlineData("[::1]:7071", "http://[::1]:7071")]
    [InlineData("localhost", "http://localhost")]
    [InlineData("localhost", "https://localhost")]
    [InlineData("localhost:7071", "https://portal.example.org")]
    [InlineData("localhost:7071", "https://exports.school.example")]
    public void Refuse_TakesOwnRequests(string host, string? origin) => Assert.Null(Status(Request("POST", host, origin)));

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:7071")]
    [InlineData("localhost.evil.example:7071")]
    [InlineData("evillocalhost:7071")]
    [InlineData("127.0.0.1.nip.io:7071")]
    public void Refuse_Answers421_WhenTheHostIsForeign(string host)
    {
        Assert.Equal(421, Status(Request("GET", host, origin: null)));
        Assert.Equal(421, Status(Request("POST", host, $"http://{host}")));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost")]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("http://localhost:7071.evil.example")]
    [InlineData("http://localhost:7071/")]
    [InlineData("http://localhost:7071@evil.example")]
    [InlineData("http://portal.example.org")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("file://")]
    [InlineData("http://localhost:7071, https://evil.example")]
    public void Refuse_Answers403_WhenTheOriginIsForeign(string origin)
    {
        Assert.Equal(403, Status(Request("GET", "localhost:7071", origin)));
        Assert.Equal(403, Status(Request("POST", "localhost:7071", origin)));
        Assert.Equal(403, Status(Request("OPTIONS", "localhost:7071", origin)));
    }

    [Theory]
    [InlineData("GET", "cross-site", "navigate", null)]
    [InlineData("GET", "same-origin", "cors", null)]
    [InlineData("GET", "none", "navigate", null)]
    [InlineData("GET", "cross-site", "no-cors", 403)]
    [InlineData("GET", "same-site", "no-cors", 403)]
    [InlineData("POST", "cross-site", "navigate", 403)]
    public void Refuse_GoesByTheBrowsersWord_WhenThereIsNoOrigin(string method, string site, string mode, int? status)
    {
        var request = Request(method, "localhost:7071", origin: null);
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers["Sec-Fetch-Mode"] = mode;

        Assert.Equal(status, Status(request));
    }

    private static int? Status(HttpRequest request) =>
        Foreign().Refuse(request) is { } refusal ? ((IStatusCodeHttpResult)refusal).StatusCode : null;

    private static ForeignRequests Foreign() => new(Options.Create(new HttpOptions
    {
        AllowedHosts = ["pc7.school.example"],
        AllowedOrigins = ["https://portal.example.org"],
        PublicUrl = new Uri("https://exports.school.example/"),
    }));

    private static HttpRequest Request(string method, string host, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Origin = origin;

        return request;
    }
}

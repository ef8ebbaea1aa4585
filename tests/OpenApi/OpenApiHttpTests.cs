using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExportFunctions.Functions.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.OpenApi;

public sealed class OpenApiHttpTests
{
    [Fact]
    public async Task GetDocument_AnswersJson()
    {
        var (response, body) = await RunAsync(OpenApiHttp.GetDocument);

        using var document = JsonDocument.Parse(body);
        Assert.Equal("application/json", response.ContentType);
        Assert.Equal("3.1.0", document.RootElement.GetProperty("openapi").GetString());
    }

    [Fact]
    public async Task GetPage_AllowsItsOwnScripts_AndNamesNoOtherHost()
    {
        var (response, body) = await RunAsync(OpenApiHttp.GetPage);

        var page = Encoding.UTF8.GetString(body);
        var inline = page.Split("<script>")[1].Split("</script>")[0];
        var policy = response.Headers.ContentSecurityPolicy.ToString();
        Assert.Contains(
            $"script-src 'self' 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)))}';",
            policy,
            StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("br;q=1.0, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("", false)]
    public async Task GetScript_IsCompressed_WhenTheClientAcceptsIt(string acceptEncoding, bool isCompressed)
    {
        var (response, body) = await RunAsync(OpenApiHttp.GetScript, acceptEncoding);

        var script = isCompressed ? Unpack(body) : body;
        Assert.Equal(isCompressed ? "gzip" : "", response.Headers.ContentEncoding.ToString());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.ToString());
        Assert.Contains("createApiReference", Encoding.UTF8.GetString(script), StringComparison.Ordinal);
    }

    private static async Task<(HttpResponse Response, byte[] Body)> RunAsync(
        Func<HttpRequest, IResult> function, string acceptEncoding = "")
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        context.Request.Headers.AcceptEncoding = acceptEncoding;

        await function(context.Request).ExecuteAsync(context);

        return (context.Response, body.ToArray());
    }

    private static byte[] Unpack(byte[] body)
    {
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}

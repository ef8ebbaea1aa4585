using System.Net;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Local.Http;

[Integration]
public sealed class StartPageTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Root_LeadsOn_AndAsksNoOtherHost()
    {
        using var response = await app.App.Http.GetAsync(new Uri("/", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();

        var links = page.Split("href=\"").Skip(1).Select(part => part.Split('"')[0]).Where(
            link => !link.StartsWith("data:", StringComparison.Ordinal)).ToList();
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Superset(
            new HashSet<string>(["api/docs", "api/openapi.json", "api/v1/health"], StringComparer.Ordinal),
            links.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain("//", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        foreach (var link in links)
        {
            using var target = await app.App.Http.GetAsync(new Uri("/" + link, UriKind.Relative));
            Assert.Equal((link, HttpStatusCode.OK), (link, target.StatusCode));
        }
    }

    [Fact]
    public async Task Root_TakesHead_AndNothingElse()
    {
        using var head = await app.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        using var post = await app.App.Http.PostAsync(new Uri("/", UriKind.Relative), content: null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed), (head.StatusCode, post.StatusCode));
    }
}

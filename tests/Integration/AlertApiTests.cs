using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Rules and alerts over HTTP, with an export that crosses a threshold.</summary>
[Integration]
public sealed class AlertApiTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Rules = "/api/v1/alerts/rules";
    private const string Good = """{"name":"Large files","metric":"fileSize","threshold":1,"dataset":"courses","quietPeriod":"00:00:00"}""";

    [Fact]
    public async Task Export_RaisesAnAlert_ThatCanBeAcknowledged()
    {
        var rule = await SendAsync(HttpMethod.Post, Rules, Good, HttpStatusCode.Created);
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await app.Client.WaitUntilFinalAsync(id);

        var alert = await FindAsync(id);
        var acknowledged = await SendAsync(HttpMethod.Post, $"/api/v1/alerts/{alert["id"]}/acknowledge", body: null, HttpStatusCode.OK);
        var open = await SendAsync(HttpMethod.Get, "/api/v1/alerts?acknowledged=false", body: null, HttpStatusCode.OK);

        Assert.Equal(rule["id"]!.GetValue<string>(), alert["ruleId"]!.GetValue<string>());
        Assert.NotNull(acknowledged["acknowledgedAt"]);
        Assert.DoesNotContain(open["items"]!.AsArray(), other => other!["exportId"]!.GetValue<string>() == id);
    }

    [Fact]
    public async Task Rule_IsMade_Changed_Listed_AndDeleted()
    {
        var rule = await SendAsync(HttpMethod.Post, Rules, """{"name":"x","metric":"duration","threshold":3600}""", HttpStatusCode.Created);
        var path = $"{Rules}/{rule["id"]}";

        var changed = await SendAsync(
            HttpMethod.Put, path, """{"name":"y","metric":"queueWait","threshold":7200,"enabled":false}""", HttpStatusCode.OK);
        var shown = await SendAsync(HttpMethod.Get, path, body: null, HttpStatusCode.OK);
        var listed = await SendAsync(HttpMethod.Get, Rules, body: null, HttpStatusCode.OK);
        await SendAsync(HttpMethod.Delete, path, body: null, HttpStatusCode.NoContent);

        Assert.Equal(
            ("y", "queueWait", false),
            (changed["name"]!.GetValue<string>(), changed["metric"]!.GetValue<string>(), changed["enabled"]!.GetValue<bool>()));
        Assert.Equal(rule["createdAt"]!.GetValue<string>(), shown["createdAt"]!.GetValue<string>());
        Assert.Contains(listed["items"]!.AsArray(), other => other!["id"]!.GetValue<string>() == rule["id"]!.GetValue<string>());
        await SendAsync(HttpMethod.Get, path, body: null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Stranger_IsAnsweredWith404()
    {
        foreach (var id in new[] { Guid.CreateVersion7().ToString(), "nonsense" })
        {
            await SendAsync(HttpMethod.Get, $"{Rules}/{id}", body: null, HttpStatusCode.NotFound);
            await SendAsync(HttpMethod.Put, $"{Rules}/{id}", Good, HttpStatusCode.NotFound);
            await SendAsync(HttpMethod.Delete, $"{Rules}/{id}", body: null, HttpStatusCode.NotFound);
            var problem = await SendAsync(HttpMethod.Post, $"/api/v1/alerts/{id}/acknowledge", body: null, HttpStatusCode.NotFound);
            Assert.Equal("urn:exportfunctions:problem:alert-not-found", problem["type"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task BadInput_IsAnsweredWith400NamingTheField()
    {
        var rule = await SendAsync(HttpMethod.Post, Rules, """{"name":"x","metric":"duration"}""", HttpStatusCode.BadRequest);
        var list = await SendAsync(HttpMethod.Get, "/api/v1/alerts?acknowledged=perhaps", body: null, HttpStatusCode.BadRequest);
        await SendAsync(HttpMethod.Post, Rules, "{", HttpStatusCode.BadRequest);
        await SendAsync(HttpMethod.Post, Rules, $$"""{"name":"{{new string('a', 20_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(["threshold"], rule["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(["acknowledged"], list["errors"]!.AsObject().Select(error => error.Key));
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method == HttpMethod.Put)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        using var response = await app.App.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> FindAsync(string jobId)
    {
        // The alert follows the job's final state by a moment.
        for (var tries = 0; tries < 100; tries++)
        {
            var alerts = (await app.App.Http.GetFromJsonAsync<JsonNode>("/api/v1/alerts?pageSize=500"))!["items"]!.AsArray();
            if (alerts.FirstOrDefault(alert => alert!["exportId"]!.GetValue<string>() == jobId) is { } found)
                return found;

            await Task.Delay(50);
        }

        throw new TimeoutException($"No alert of {jobId}.");
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Whatever is sent to the calls of schedules: a clear problem that names the field.</summary>
[Integration]
public sealed class BadScheduleInputTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Good = """{"name":"x","export":{"dataset":"courses"},"frequency":"weekly"}""";

    public static TheoryData<string> Paths { get; } = new(ScheduleClient.Standard, ScheduleClient.ImportExport);

    public static TheoryData<string, string, string> Calls { get; } = new()
    {
        { "POST", "", """{"name":"x","export":{"dataset":"nobody"},"frequency":"weekly"}""" },
        { "POST", "/preview", """{"name":"x","export":{"dataset":"nobody"},"frequency":"weekly"}""" },
        { "PUT", "/{id}", """{"name":"x","export":{"dataset":"nobody"},"frequency":"weekly"}""" },
        { "POST", "", "[]" },
        { "POST", "", "{" },
        { "POST", "/preview", "" },
        { "PUT", "/{id}", "name=x" },
    };

    public static TheoryData<string, string> Queries { get; } = new()
    {
        { "?pageSize=0", "pageSize" },
        { "?pageSize=501", "pageSize" },
        { "?continuationToken=nonsense", "continuationToken" },
        { "/{id}/next?count=0", "count" },
        { "/{id}/next?count=101", "count" },
        { "/{id}/next?count=many", "count" },
        { "/{id}/runs?pageSize=-1", "pageSize" },
        { "/{id}/runs?continuationToken=%21", "continuationToken" },
    };

    public static TheoryData<string, string> OfOneSchedule { get; } = new()
    {
        { "GET", "" },
        { "PUT", "" },
        { "DELETE", "" },
        { "POST", "/pause" },
        { "POST", "/resume" },
        { "POST", "/run" },
        { "GET", "/next" },
        { "GET", "/runs" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Body_IsAnsweredWith400_InBothFamilies(string method, string rest, string body)
    {
        var id = await MakeAsync();
        foreach (var path in Paths.Select(row => row.Data))
        {
            using var response = await new ScheduleClient(app.App.Http, path).SendAsync(HttpMethod.Parse(method), rest.Replace(
                "{id}", id, StringComparison.Ordinal), body, ifMatch: "*");

            var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            Assert.Equal(
                (HttpStatusCode.BadRequest, "application/problem+json"),
                (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            if (body.Contains("nobody", StringComparison.Ordinal))
                Assert.Contains("export.dataset", problem["errors"]!.AsObject().Select(error => error.Key));
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Query_IsAnsweredWith400NamingTheParameter(string rest, string parameter)
    {
        var id = await MakeAsync();
        foreach (var path in Paths.Select(row => row.Data))
        {
            using var response =
                await new ScheduleClient(app.App.Http, path).SendAsync(HttpMethod.Get, rest.Replace("{id}", id, StringComparison.Ordinal));

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(
                [parameter], (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key));
        }
    }

    [Theory]
    [MemberData(nameof(OfOneSchedule))]
    public async Task Stranger_IsAnsweredWith404_InBothFamilies(string method, string rest)
    {
        foreach (var path in Paths.Select(row => row.Data))
        {
            foreach (var id in new[] { Guid.CreateVersion7().ToString(), "nonsense" })
            {
                using var response =
                    await new ScheduleClient(app.App.Http, path).SendAsync(
                        HttpMethod.Parse(method), $"/{id}{rest}", method is "PUT" ? Good : null, ifMatch: method is "PUT" ? "*" : null);

                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                Assert.Equal(
                    "urn:exportfunctions:problem:schedule-not-found",
                    ScheduleClient.TextOf((await response.Content.ReadFromJsonAsync<JsonNode>())!, "type"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Create_Answers413_WhenTheBodyHasFiveMegabytes(string path)
    {
        var body = $$"""{"name":"{{new string('a', 5 * 1024 * 1024)}}"}""";

        using var response = await new ScheduleClient(app.App.Http, path).SendAsync(HttpMethod.Post, body: body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task EarlierNames_AreUnknown_UnderTheStandardPath()
    {
        using var response = await new ScheduleClient(app.App.Http)
            .SendAsync(HttpMethod.Post, body: """{"name":"x","export":{"entity":"courses"},"frequency":"DAILY"}""");

        var errors = (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key);
        Assert.Equal(["export.dataset", "export.entity", "frequency"], errors.Order(StringComparer.Ordinal));
    }

    private async Task<string> MakeAsync() => ScheduleClient.IdOf((await new ScheduleClient(app.App.Http).MakeAsync(Good)).Schedule);
}

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Whatever is sent: a clear problem that names the field, and an untouched database.</summary>
[Integration]
public sealed class BadInputTests(AppFixture app, SchoolFixture school) : IClassFixture<AppFixture>
{
    public static TheoryData<string, string> Bodies => new()
    {
        { """{}""", "dataset" },
        { """{"dataset":"nobody"}""", "dataset" },
        { """{"dataset":7}""", "dataset" },
        { """{"dataset":"students; DROP TABLE students"}""", "dataset" },
        { """{"dataset":"students","format":"docx"}""", "format" },
        { """{"dataset":"students","format":{}}""", "format" },
        { """{"dataset":"students","fromat":"csv"}""", "fromat" },
        { """{"dataset":"students","dataset":"courses"}""", "dataset" },
        { """{"dataset":"students","columns":["nobody"]}""", "columns[0]" },
        { """{"dataset":"students","columns":["id\" FROM students; DROP TABLE students; --"]}""", "columns[0]" },
        { """{"dataset":"students","columns":[]}""", "columns" },
        { """{"dataset":"students","columns":["id","id"]}""", "columns[1]" },
        { """{"dataset":"students","sort":["-nobody"]}""", "sort[0]" },
        { """{"dataset":"students","sort":["id; DROP TABLE students"]}""", "sort[0]" },
        { """{"dataset":"students","offset":-1}""", "offset" },
        { """{"dataset":"students","limit":"all"}""", "limit" },
        { """{"dataset":"students","limit":1.5}""", "limit" },
        { """{"dataset":"students","fileName":"../../etc/passwd"}""", "fileName" },
        { """{"dataset":"students","fileName":"a\u0000b"}""", "fileName" },
        { """{"dataset":"students","fileName":"nul.csv"}""", "fileName" },
        { $$"""{"dataset":"students","fileName":"{{new string('界', 100)}}"}""", "fileName" },
        { """{"dataset":"students","filter":{"column":"id","op":"like","value":1}}""", "filter.op" },
        { """{"dataset":"students","filter":{"column":"id","op":"eq","value":"1; DROP TABLE students"}}""", "filter.value" },
        { """{"dataset":"students","filter":{"column":"id","op":"eq","value":true}}""", "filter.value" },
        { """{"dataset":"students","filter":{"column":"birthDate","op":"ge","value":"01.02.2003"}}""", "filter.value" },
        { """{"dataset":"students","filter":{"column":"enrolledAt","op":"ge","value":"2026-01-01T00:00:00"}}""", "filter.value" },
        { """{"dataset":"students","filter":{"column":"gpa","op":"contains","value":"9"}}""", "filter.op" },
        { """{"dataset":"students","filter":{"and":[{"column":"id","op":"eq","value":1},{"column":"x","op":"eq","value":1}]}}""", "filter.and[1].column" },
        { """{"dataset":"students","filter":{"or":[]}}""", "filter.or" },
        { """{"dataset":"students","filter":"1=1"}""", "filter" },
        { """{"dataset":"students","format":"csv","options":{"delimiter":"--"}}""", "options.delimiter" },
        { """{"dataset":"students","format":"excel","options":{"delimiter":";"}}""", "options.delimiter" },
        { """{"dataset":"students","options":{"timeZone":"Mars/Olympus"}}""", "options.timeZone" },
        { """{"dataset":"students","options":[]}""", "options" },
        { """[]""", "" },
        { """null""", "" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Create_Answers400NamingTheField(string body, string field)
    {
        using var response = await app.Client.PostAsync(body);

        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Create_NamesEveryBadFieldAtOnce()
    {
        using var response = await app.Client.PostAsync("""{"dataset":"students","format":"csv","columns":["x"],"sort":["y"],"limit":-1,"offset":"0","fileName":"a/b","options":{"profile":"odd"},"more":1}""");

        var fields = (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key);
        Assert.Equal(
            ["columns[0]", "fileName", "limit", "more", "offset", "options.profile", "sort[0]"], fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("dataset=students")]
    [InlineData("{\"dataset\":\"students\"} trailing")]
    [InlineData("{\"dataset\":\"\\ud800\"}")]
    public async Task Create_Answers400_WhenTheBodyIsNotJson(string body)
    {
        using var response = await app.Client.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(
            "urn:exportfunctions:problem:",
            (await response.Content.ReadFromJsonAsync<JsonNode>())!["type"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Answers400_WhenTheFilterIsNestedTenThousandLevelsDeep()
    {
        var body = $$"""{"dataset":"students","filter":{{string.Concat(Enumerable.Repeat("{\"not\":", 10_000))}}{"column":"id","op":"eq","value":1}{{new string('}', 10_001)}}""";

        using var response = await app.Client.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "levels deep", (await response.Content.ReadFromJsonAsync<JsonNode>())!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Answers413_WhenTheBodyHasTenMegabytes()
    {
        using var response = await app.Client.PostAsync($$"""{"dataset":"students","fileName":"{{new string('a', 10 * 1024 * 1024)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(
            "urn:exportfunctions:problem:body-too-large",
            (await response.Content.ReadFromJsonAsync<JsonNode>())!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=10:00", "from")]
    [InlineData("from=09/01/2026", "from")]
    [InlineData("to=2026-09-01%2008:30", "to")]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=100000", "pageSize")]
    [InlineData("continuationToken=nonsense!", "continuationToken")]
    [InlineData("continuationToken=bm9uc2Vuc2U", "continuationToken")]
    public async Task List_Answers400NamingTheParameter(string query, string parameter)
    {
        using var response = await app.App.Http.GetAsync(new Uri($"/api/v1/exports?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([parameter], (await response.Content.ReadFromJsonAsync<JsonNode>())!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Database_IsUntouched_WhenSqlStandsInEveryString()
    {
        const string sql = "'; DROP TABLE students; --";
        var before = SHA256.HashData(await File.ReadAllBytesAsync(school.Database));

        foreach (var op in new[] { "eq", "ne", "lt", "ge", "contains", "startsWith", "endsWith" })
        {
            var id = await app.Client.SubmitAsync(
                $$"""{"dataset":"students","format":"csv","fileName":"'; DROP TABLE students; --","filter":{"column":"lastName","op":"{{op}}","value":"{{sql}}"} }""");
            Assert.Equal("succeeded", ExportClient.StatusOf(await app.Client.WaitUntilFinalAsync(id)));
        }

        var count = await school.QueryAsync("SELECT count(*) FROM students");
        Assert.Equal((long)SchoolFixture.Students, count[0][0]);
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(school.Database)));
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Answers about one export say what was asked for; those about many don't.</summary>
[Integration]
public sealed class AskedRequestTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Body = """
        {"dataset":"students","format":"csv","columns":["id","lastName"],"sort":["-lastName"],"offset":1,"limit":2,"fileName":"asked","options":{"profile":"raw"},
         "filter":{"and":[{"column":"id","op":"le","value":50},{"column":"lastName","op":"isNull","value":false}]},
         "retry":{"count":2},"notify":["registrar@example.org"],"snapshot":true}
        """;

    [Fact]
    public async Task Answer_EchoesWhatWasAsked_InWordsAndAsItWas()
    {
        using var response = await app.Client.PostAsync(Body);
        var created = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        var id = created["id"]!.GetValue<string>();

        var job = await app.Client.WaitUntilFinalAsync(id);

        var asked = job["request"]!.AsObject();
        var expected = JsonNode.Parse(Body)!.AsObject();
        Assert.Equal("ID is at most 50 and Last name is not empty", asked["filterInWords"]!.GetValue<string>());
        Assert.Equal("asked.csv", asked["fileName"]!.GetValue<string>());
        Assert.False(asked["attachFile"]!.GetValue<bool>());
        Assert.All(
            ["filter", "columns", "sort", "offset", "limit", "options", "retry", "notify", "snapshot"],
            name => Assert.True(JsonNode.DeepEquals(expected[name], asked[name]), name));
        Assert.True(JsonNode.DeepEquals(created["request"], asked));
    }

    [Fact]
    public async Task Answer_HasDefaults_WhereNothingWasAsked()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses"}""");

        var asked = (await app.Client.GetAsync(id))["request"]!;

        Assert.All(["filterInWords", "filter", "columns", "sort", "limit", "options", "retry"], name => Assert.Null(asked[name]));
        Assert.StartsWith("courses-", asked["fileName"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(asked["notify"]!.AsArray());
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(40_000)]
    public async Task Answer_HasTheWordsAlone_WhenTheFilterIsLong(int count)
    {
        var values = string.Join(',', Enumerable.Range(1, count).Select(number => $"\"{number:D12}\""));
        var id = await app.Client.SubmitAsync(
            $$$"""{"dataset":"students","format":"csv","limit":1,"filter":{"column":"studentNumber","op":"in","value":[{{{values}}}]}}""");

        var asked = (await app.Client.GetAsync(id))["request"]!;

        Assert.Null(asked["filter"]);
        Assert.InRange(asked["filterInWords"]!.GetValue<string>().Length, 100, 500);
    }

    [Fact]
    public async Task ListsAndEvents_LeaveItOut()
    {
        var id = await app.Client.SubmitAsync(Body);
        await app.Client.WaitUntilFinalAsync(id);

        var list = (await app.App.Http.GetFromJsonAsync<JsonNode>("/api/v1/exports"))!["items"]!.AsArray();
        var events = await app.App.Http.GetStringAsync(new Uri($"/api/v1/exports/{id}/events", UriKind.Relative));

        Assert.All(list, job => Assert.True(job!.AsObject().TryGetPropertyValue("request", out var asked) && asked is null));
        Assert.Contains("\"request\":null", events, StringComparison.Ordinal);
        Assert.DoesNotContain("registrar", events, StringComparison.Ordinal);
    }
}

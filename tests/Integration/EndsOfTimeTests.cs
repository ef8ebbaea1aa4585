using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.Integration;

/// <summary>Instants at the ends of time, wherever one is taken: an answer, or a problem that names the field; never a fault.</summary>
[Integration]
public sealed class EndsOfTimeTests(AppFixture app) : IClassFixture<AppFixture>
{
    public static TheoryData<string> Instants { get; } = new(
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00-14:00",
        "0001-01-02T00:00:00Z",
        "1601-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "9999-12-30T23:59:59Z",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59+14:00");

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task Query_IsAnswered_OrNamesTheParameter(string instant)
    {
        foreach (var path in new[] { "exports", "metrics", "performance", "performance/slowest", "performance/report", "import-export/exports", "import-export/metrics", "import-export/performance" })
        {
            foreach (var query in new[] { $"from={instant}", $"to={instant}", $"from=2026-01-01&to={instant}", $"from={instant}&to=2026-01-01" })
            {
                using var response = await app.App.Http.GetAsync(
                    new Uri($"/api/v1/{path}?{query.Replace("+", "%2B", StringComparison.Ordinal)}", UriKind.Relative),
                    TestContext.Current.CancellationToken);

                await AssertAnsweredOrNamedAsync(response, $"{path}?{query}", "from", "to");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task Schedule_NamesTheField(string instant)
    {
        foreach (var (
            field,
            zone) in new[] { ("startsAt", "UTC"), ("endsAt", "UTC"), ("startsAt", "Pacific/Apia"), ("endsAt", "Pacific/Kiritimati") })
        {
            foreach (var rest in new[] { "", "/preview" })
            {
                var body = $$"""{"name":"x","export":{"dataset":"courses"},"frequency":"hourly","timeZone":"{{zone}}","{{field}}":"{{instant}}"}""";
                using var response = await new ScheduleClient(app.App.Http).SendAsync(HttpMethod.Post, rest, body);

                Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{body}: {response.StatusCode}");
                Assert.Equal(
                    [field],
                    (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject()
                        .Select(error => error.Key));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task Filter_IsTaken_OrNamesTheField(string instant)
    {
        foreach (var (column, zone) in new[] { (
            "birthDate", "UTC"), ("enrolledAt", "UTC"), ("enrolledAt", "Pacific/Kiritimati"), ("enrolledAt", "Pacific/Niue") })
        {
            var body = $$$"""{"dataset":"students","format":"csv","limit":1,"options":{"timeZone":"{{{zone}}}"},"filter":{"column":"{{{column}}}","op":"le","value":"{{{instant}}}"}}""";
            using var response = await app.App.Http.PostAsync(
                new Uri("/api/v1/exports", UriKind.Relative),
                new StringContent(body, Encoding.UTF8, "application/json"),
                TestContext.Current.CancellationToken);

            await AssertAnsweredOrNamedAsync(response, body, "filter.value");
            if (response.IsSuccessStatusCode)
            {
                var job = await app.App.Client.WaitUntilFinalAsync(
                    (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>());
                Assert.True(job["status"]!.GetValue<string>() == "succeeded", $"{body}: {job.ToJsonString()}");
            }
        }
    }

    private static async Task AssertAnsweredOrNamedAsync(HttpResponseMessage response, string what, params string[] names)
    {
        if (response.IsSuccessStatusCode)
            return;

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{what}: {response.StatusCode} {text}");
        Assert.All(JsonNode.Parse(text)!["errors"]!.AsObject().Select(error => error.Key), name => Assert.Contains(name, names));
    }
}

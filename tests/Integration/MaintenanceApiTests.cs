using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ExportFunctions.Tests.Maintenance;

namespace ExportFunctions.Tests.Integration;

/// <summary>Cleanup and restoring over HTTP, through the queue of a running host.</summary>
[Integration]
public sealed class MaintenanceApiTests(AzuriteFixture azurite, SchoolFixture school)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task File_IsArchivedAndBroughtBack_AsTheApiSays()
    {
        var account = azurite.NewAccount();
        await using var app = await TestApp.StartAsync(TestApp.Settings(account, school.DatasetsFile));
        await using var world = await MaintenanceWorld.CreateAsync(account);
        var content = MaintenanceWorld.Rows(500, 1);
        var job = await world.AddAsync(content, "marks.csv", 40);
        var export = $"/api/v1/exports/{job.Id}";

        var plan = await PostAsync(app.Http, "/api/v1/maintenance/cleanup?dryRun=true", HttpStatusCode.OK);
        using var started = await app.Http.PostAsync("/api/v1/maintenance/cleanup", content: null, TestContext.Current.CancellationToken);
        var run = await WaitAsync(app.Http, started.Headers.Location!.ToString(), "succeeded");
        using var gone = await app.Http.GetAsync($"{export}/file", TestContext.Current.CancellationToken);
        var expired = await WaitAsync(app.Http, export, "expired");
        var asked = await PostAsync(app.Http, $"{export}/restore", HttpStatusCode.Accepted, """{"days":2}""");
        var back = await WaitAsync(app.Http, export, "succeeded");
        var longer = await PostAsync(app.Http, $"{export}/restore", HttpStatusCode.Accepted, """{"days":90}""");
        using var link = await app.Http.GetAsync($"{export}/file", TestContext.Current.CancellationToken);
        var file = await app.Http.GetByteArrayAsync(link.Headers.Location, TestContext.Current.CancellationToken);
        var runs = await app.Http.GetFromJsonAsync<JsonNode>("/api/v1/maintenance/runs", TestContext.Current.CancellationToken);

        Assert.Equal(("archive", 1), (plan["files"]![0]!["action"]!.GetValue<string>(), plan["counts"]!["filesArchived"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal((1, true), (run["counts"]!["filesArchived"]!.GetValue<int>(), run["byHand"]!.GetValue<bool>()));
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains(
            MaintenanceWorld.DayOf(job),
            await gone.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(MaintenanceWorld.EntryOf(job), expired["archive"]!["entry"]!.GetValue<string>());
        Assert.Equal(2, asked["restore"]!["days"]!.GetValue<int>());
        Assert.Null(back["restore"]);
        Assert.Equal("succeeded", longer["status"]!.GetValue<string>());
        Assert.InRange(ExpiresAt(longer) - ExpiresAt(back), TimeSpan.FromDays(88), TimeSpan.FromDays(88.5));
        Assert.Equal(content, file);
        Assert.Equal([run["id"]!.GetValue<string>()], runs!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
    }

    private static DateTimeOffset ExpiresAt(JsonNode export) => export["file"]!["expiresAt"]!.GetValue<DateTimeOffset>();

    [Fact]
    public async Task BadInput_IsAnsweredWithItsFieldAndTheFix()
    {
        var account = azurite.NewAccount();
        await using var app = await TestApp.StartAsync(TestApp.Settings(account, school.DatasetsFile));
        await using var world = await MaintenanceWorld.CreateAsync(account);
        var kept = await world.AddAsync([1], "kept.csv", 1);
        var restore = $"/api/v1/exports/{kept.Id}/restore";

        Assert.Equal("Must be true or false, such as true.", (await PostAsync(
            app.Http, "/api/v1/maintenance/cleanup?dryRun=maybe", HttpStatusCode.BadRequest))["errors"]!["dryRun"]![0]!.GetValue<string>());
        foreach (var days in new[] { "0", "91", "1.5", "\"7\"", "true", "99999999999" })
            Assert.Contains("1 to 90", (await PostAsync(
                app.Http,
                restore,
                HttpStatusCode.BadRequest,
                $$"""{"days":{{days}}}"""))["errors"]!["days"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull((await PostAsync(app.Http, restore, HttpStatusCode.BadRequest, """{"weeks":1}"""))["errors"]!["weeks"]);
        Assert.NotNull((await PostAsync(app.Http, restore, HttpStatusCode.BadRequest, "[7]"))["errors"]![""]);
        await PostAsync(app.Http, restore, HttpStatusCode.BadRequest, "{");
        await PostAsync(app.Http, restore, HttpStatusCode.RequestEntityTooLarge, $$"""{"days":7,"more":"{{new string('x', 2000)}}"}""");
        Assert.Contains(
            "succeeded",
            (await PostAsync(app.Http, restore, HttpStatusCode.Conflict))["detail"]!.GetValue<string>(),
            StringComparison.Ordinal);
        await PostAsync(app.Http, $"/api/v1/exports/{Guid.CreateVersion7()}/restore", HttpStatusCode.NotFound);
        await PostAsync(app.Http, "/api/v1/exports/nothing/restore", HttpStatusCode.NotFound);
        using var unknown =
            await app.Http.GetAsync($"/api/v1/maintenance/runs/{Guid.CreateVersion7()}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Single(await world.ReadFileAsync(kept));
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, HttpStatusCode expected, string? body = null)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(path, content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{path} {body}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<JsonNode> WaitAsync(HttpClient http, string path, string status)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var node = (await http.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;
            if (node["status"]!.GetValue<string>() == status)
                return node;
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"Waited in vain for {status}: {node.ToJsonString()}");

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration;

/// <summary>Records that can't be read: each is shown as such, and hides and stops nothing else.</summary>
[Integration]
public sealed class UnreadableRecordTests(AzuriteFixture azurite) : IDisposable
{
    private readonly CoursesFolder _data = new("DATA");
    private readonly string _storage = azurite.NewAccount();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("status", "melted", "Its status is unknown.")]
    [InlineData("file", "{not json", "The JSON of its file can't be read.")]
    [InlineData("startedAt", "yesterday", "Its startedAt is not an instant.")]
    [InlineData("attempt", "many", "A value of it has another type than it should have.")]
    [InlineData("dataset", null, "Its dataset is missing.")]
    [InlineData("warnings", "{}", "The JSON of its warnings can't be read.")]
    public async Task Export_IsListedAsUnreadable_AndTheOthersAreShown(string property, string? value, string reason)
    {
        await using var app = await StartAsync();
        var ids = new[] { await MakeAsync(app), await MakeAsync(app), await MakeAsync(app) };
        await SpoilAsync(StorageNames.JobsTable, _ => true, entity => Set(entity, property, value), skip: 1);

        var list = await app.Http.GetFromJsonAsync<JsonNode>("/api/v1/exports", TestContext.Current.CancellationToken);
        using var single = await app.Http.GetAsync(
            new Uri($"/api/v1/exports/{ids[1]}", UriKind.Relative), TestContext.Current.CancellationToken);
        var after = await app.Client.DownloadAsync(await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}"""));

        Assert.Equal([ids[2], ids[0]], list!["items"]!.AsArray().Select(export => export!["id"]!.GetValue<string>()));
        var unreadable = Assert.Single(list["unreadable"]!.AsArray())!;
        Assert.Equal((ids[1], "unreadable", reason), (
            unreadable["id"]!.GetValue<string>(), unreadable["status"]!.GetValue<string>(), unreadable["reason"]!.GetValue<string>()));
        Assert.NotNull(unreadable["createdAt"]);
        Assert.Equal(HttpStatusCode.Conflict, single.StatusCode);
        var problem = await single.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        Assert.Contains(reason, problem!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        _data.AssertOwn(after);
        using var deleted = await app.Http.DeleteAsync(
            new Uri($"/api/v1/exports/{ids[1]}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task Sweep_GoesOn_PastAnActiveExportThatCannotBeRead()
    {
        await using var idle = await StartAsync(function => function is ExportFunctions.Local.Hosting.HttpFunction);
        var (bad, good) = (await idle.Client.SubmitAsync(
            """{"dataset":"courses","format":"csv"}"""), await idle.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}"""));
        await SpoilAsync(StorageNames.JobsTable, _ => true, entity => entity["status"] = "melted", skip: 1);
        await new Azure.Storage.Queues.QueueClient(
            _storage, StorageNames.ExportQueue).ClearMessagesAsync(TestContext.Current.CancellationToken);
        await SpoilAsync(StorageNames.ActiveTable, _ => true, entity => entity["note"] = "touched");
        await SpoilAsync(StorageNames.JobsTable, entity => entity.GetString(
            "status") == "queued", entity => entity["enqueuedAt"] = TimeProvider.System.GetUtcNow().AddHours(-1));

        await using var app = await StartAsync();

        _data.AssertOwn(await app.Client.DownloadAsync(good));
        using var single = await app.Http.GetAsync(
            new Uri($"/api/v1/exports/{bad}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, single.StatusCode);
    }

    [Fact]
    public async Task Lists_ShowWhatTheyCannotRead_AndAllElse()
    {
        await using var app = await StartAsync();
        await MakeAsync(app);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await PostAsync(app, "/api/v1/schedules",
                """{"name":"Courses","export":{"dataset":"courses","format":"csv"},"frequency":"daily","time":"06:00"}""");
            await PostAsync(app, "/api/v1/subscriptions",
                """{"name":"Failures","to":["registrar@example.org"],"events":["export.failed"]}""");
            await PostAsync(app, "/api/v1/webhooks",
                """{"name":"Registrar","url":"https://hooks.example.org/exports","events":["export.failed"]}""");
            await PostAsync(app, "/api/v1/alerts/rules",
                """{"name":"Slow","metric":"duration","threshold":0.000001,"quietPeriod":"00:00:00"}""");
            await MakeAsync(app);
        }

        var schedule = (await ReadAsync(app, "/api/v1/schedules"))["items"]!.AsArray()[1]!["id"]!.GetValue<string>();
        for (var run = 0; run < 2; run++)
        {
            await PostAsync(app, $"/api/v1/schedules/{schedule}/run", body: null);
            await new ScheduleClient(app.Http).WaitForRunAsync(schedule, found => found["outcome"]!.GetValue<string>() == "succeeded");
            await Task.Delay(1100, TestContext.Current.CancellationToken);
        }

        await PostAsync(app, "/api/v1/maintenance/cleanup", body: null);
        await WaitForAsync(app, "/api/v1/maintenance/runs", 1);
        await WaitForAsync(app, "/api/v1/alerts", 2);

        // A run that is still open is recorded again by the next tick, over what was spoiled.
        var schedules = new TableClient(_storage, StorageNames.SchedulesTable);
        await Waiting.UntilAsync(() => schedules.Query<TableEntity>().All(entity => entity.GetString("openRuns") is null or ""));

        await SpoilAsync(StorageNames.SchedulesTable, entity => entity.RowKey.StartsWith("schedule-", StringComparison.Ordinal)
            && entity.GetString("nextDue") is not null, entity => entity["state"] = "melted", most: 1, keep: schedule);
        await SpoilAsync(StorageNames.ScheduleRunsTable, _ => true, entity => entity["outcome"] = "melted", most: 1);
        await SpoilAsync(StorageNames.SubscriptionsTable, entity => entity.PartitionKey == "subscriptions", entity =>
            entity["content"] = "{", most: 1);
        await SpoilAsync(StorageNames.WebhooksTable, entity => entity.RowKey.StartsWith(
            "webhook-", StringComparison.Ordinal), entity => entity["kind"] = "pigeon", most: 1);
        await SpoilAsync(StorageNames.AlertsTable, entity => entity.RowKey.StartsWith(
            "rule-", StringComparison.Ordinal), entity => entity["content"] = "[]", most: 1);
        await SpoilAsync(StorageNames.AlertsTable, entity => entity.RowKey.StartsWith(
            "alert-", StringComparison.Ordinal), entity => entity["content"] = 3, most: 1);
        await SpoilAsync(StorageNames.MaintenanceTable, _ => true, entity => entity["run"] = "no", most: 1);

        await AssertOneUnreadableAsync(app, "/api/v1/schedules");
        await AssertOneUnreadableAsync(app, $"/api/v1/schedules/{schedule}/runs");
        await AssertOneUnreadableAsync(app, "/api/v1/subscriptions");
        await AssertOneUnreadableAsync(app, "/api/v1/webhooks");
        await AssertOneUnreadableAsync(app, "/api/v1/alerts/rules");
        await AssertOneUnreadableAsync(app, "/api/v1/alerts");
        Assert.Single((await ReadAsync(app, "/api/v1/maintenance/runs"))["unreadable"]!.AsArray());

        // What goes through them goes on: an export is made, told of and held against rules, and a cleanup runs.
        await MakeAsync(app);
        await PostAsync(app, "/api/v1/maintenance/cleanup", body: null);
        await WaitForAsync(app, "/api/v1/maintenance/runs", 1);
        await SpoilAsync(StorageNames.DeliveriesTable, _ => true, entity => entity["delivery"] = "{", most: 1);
        Assert.NotNull((await ReadAsync(app, "/api/v1/deliveries"))["unreadable"]);

        // And they can be removed.
        foreach (var list in new[] { "schedules", "subscriptions", "webhooks", "alerts/rules" })
        {
            var id = (await ReadAsync(app, $"/api/v1/{list}"))["unreadable"]![0]!["id"]!.GetValue<string>();
            using var shown = await app.Http.GetAsync(
                new Uri($"/api/v1/{list}/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            using var deleted = await app.Http.DeleteAsync(
                new Uri($"/api/v1/{list}/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((list, HttpStatusCode.Conflict, HttpStatusCode.NoContent), (list, shown.StatusCode, deleted.StatusCode));
            Assert.Empty((await ReadAsync(app, $"/api/v1/{list}"))["unreadable"]!.AsArray());
        }
    }

    private static void Set(TableEntity entity, string property, string? value)
    {
        if (value is null)
            entity.Remove(property);
        else
            entity[property] = value;
    }

    private static async Task AssertOneUnreadableAsync(TestApp app, string path)
    {
        var page = await ReadAsync(app, path);
        Assert.True(page["unreadable"]!.AsArray().Count == 1 && page["items"]!.AsArray().Count >= 1, $"{path}: {page.ToJsonString()}");
    }

    private static async Task<string> MakeAsync(TestApp app)
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv","limit":2}""");
        await app.Client.WaitUntilFinalAsync(id);
        return id;
    }

    private static async Task<JsonNode> ReadAsync(TestApp app, string path) =>
        (await app.Http.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;

    private static async Task PostAsync(TestApp app, string path, string? body)
    {
        using var response = body is null ? await app.Http.PostAsync(
            new Uri(path, UriKind.Relative), content: null, TestContext.Current.CancellationToken) : await app.Client.PostAsync(body, path);
        Assert.True(response.IsSuccessStatusCode,
            $"{path}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    private static async Task WaitForAsync(TestApp app, string path, int count)
    {
        for (var looks = 0; looks < 300 && (await ReadAsync(app, path))["items"]!.AsArray().Count < count; looks++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes odd things into records of a table.</summary>
    private async Task SpoilAsync(
        string name, Func<TableEntity, bool> which, Action<TableEntity> spoil, int most = int.MaxValue, int skip = 0, string? keep = null)
    {
        var table = new TableClient(_storage, name);
        var found = table.Query<TableEntity>(cancellationToken: TestContext.Current.CancellationToken)
            .Where(which).Where(
                entity => keep is null || entity.RowKey != ExportFunctions.Schedules.Records.ScheduleKeys.RowOf(Guid.Parse(keep))).ToList();
        foreach (var entity in found.Skip(skip).Take(skip > 0 ? 1 : most))
        {
            spoil(entity);
            await table.UpdateEntityAsync(entity, Azure.ETag.All, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }
    }

    private Task<TestApp> StartAsync(Func<ExportFunctions.Local.Hosting.FunctionDefinition, bool>? serves = null)
    {
        var settings = TestApp.Settings(_storage, _data.DatasetsFile);
        settings["WEBHOOK_SECRETS_KEY"] = Convert.ToBase64String(new byte[32]);
        settings["Exports:LostMessageAfter"] = "00:00:10";
        return TestApp.StartAsync(settings, serves);
    }
}

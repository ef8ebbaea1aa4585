using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Integration;

/// <summary>A schedule whose time zone is gone from the time zone data.</summary>
[Integration]
public sealed class ScheduleZoneTests(AzuriteFixture azurite) : IDisposable
{
    private const string Daily =
        """{"name":"x","export":{"dataset":"courses","format":"csv"},"frequency":"daily","timeZone":"Europe/Athens"}""";

    private readonly CoursesFolder _data = new("DATA");
    private readonly string _storage = azurite.NewAccount();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Schedule_IsSuspendedWithTheReason_AndEveryCallIsAnswered()
    {
        string id;
        await using (var app = await TestApp.StartAsync(
            TestApp.Settings(_storage, _data.DatasetsFile), function => function is ExportFunctions.Local.Hosting.HttpFunction))
        {
            id = ScheduleClient.IdOf((await new ScheduleClient(app.Http).MakeAsync(Daily)).Schedule);
            await LoseZoneAsync();

            await AssertAnsweredAsync(app, id);
        }

        await using var next = await TestApp.StartAsync(TestApp.Settings(_storage, _data.DatasetsFile));
        var schedules = new ScheduleClient(next.Http);
        var suspended = await WaitUntilSuspendedAsync(schedules, id);
        await AssertAnsweredAsync(next, id);

        Assert.Contains("Europe/Atlantis is not known", ScheduleClient.TextOf(suspended, "suspendedBecause"), StringComparison.Ordinal);
        using var replaced = await schedules.SendAsync(HttpMethod.Put, $"/{id}", Daily, ifMatch: "*");
        var (resumed, _) = await schedules.PostAsync(id, "resume");
        Assert.Equal((HttpStatusCode.OK, "active"), (replaced.StatusCode, ScheduleClient.TextOf(resumed, "state")));
        Assert.NotNull(ScheduleClient.TextOf(resumed, "nextDue"));
    }

    private static async Task AssertAnsweredAsync(TestApp app, string id)
    {
        foreach (var path in new[] { ScheduleClient.Standard, ScheduleClient.ImportExport })
        {
            var schedules = new ScheduleClient(app.Http, path);
            foreach (var (method, rest, status) in new[]
            {
                (HttpMethod.Get, "", HttpStatusCode.OK),
                (HttpMethod.Get, $"/{id}", HttpStatusCode.OK),
                (HttpMethod.Get, $"/{id}/runs", HttpStatusCode.OK),
                (HttpMethod.Get, $"/{id}/next", HttpStatusCode.Conflict),
                (HttpMethod.Post, $"/{id}/pause", HttpStatusCode.OK),
                (HttpMethod.Post, $"/{id}/resume", HttpStatusCode.Conflict),
            })
            {
                using var response = await schedules.SendAsync(method, rest);

                Assert.True(response.StatusCode == status, $"{method} {path}{rest}: {response.StatusCode}");
                if (status == HttpStatusCode.Conflict)
                    Assert.Equal(
                        "urn:exportfunctions:problem:zone-not-known",
                        ScheduleClient.TextOf((await response.Content.ReadFromJsonAsync<JsonNode>())!, "type"));
            }

            using var preview = await schedules.SendAsync(
                HttpMethod.Post,
                "/preview",
                """{"name":"x","export":{"dataset":"courses"},"frequency":"daily","timeZone":"Europe/Atlantis"}""".Replace(
                    "\"dataset\"", path == ScheduleClient.Standard ? "\"dataset\"" : "\"entity\"", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.BadRequest, preview.StatusCode);
        }
    }

    private static async Task<JsonNode> WaitUntilSuspendedAsync(ScheduleClient schedules, string id)
    {
        for (var looks = 0; ; looks++)
        {
            var (schedule, _) = await schedules.GetAsync(id);
            if (ScheduleClient.TextOf(schedule, "state") is "suspended")
                return schedule;

            Assert.True(looks < 600, schedule.ToJsonString());
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task LoseZoneAsync()
    {
        var table = new TableClient(_storage, StorageNames.SchedulesTable);
        foreach (var entity in table.Query<TableEntity>(
            cancellationToken: TestContext.Current.CancellationToken).Where(entity => entity.ContainsKey("timing")).ToList())
        {
            entity["timing"] = entity.GetString("timing").Replace("Europe/Athens", "Europe/Atlantis", StringComparison.Ordinal);
            await table.UpdateEntityAsync(entity, Azure.ETag.All, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }
    }
}

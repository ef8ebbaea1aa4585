using System.Text.Json.Nodes;
using ExportFunctions.Tests.Local.Seeding;

namespace ExportFunctions.Tests.Integration;

/// <summary>The commands that ask a running app, as other programs call them: plain lines, or JSON.</summary>
[Integration]
public sealed class AppCommandsTests(AppFixture app) : IClassFixture<AppFixture>, IDisposable
{
    private const string Weekly = """{"name":"NAME","export":{"dataset":"courses","format":"csv","notify":["a@example.org"]},"frequency":"weekly","weekday":"friday","time":"06:30","timeZone":"Europe/Athens"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exports_AreListedShownDownloadedRetriedCanceledAndRemoved()
    {
        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv","limit":2}""");
        await app.Client.WaitUntilFinalAsync(id);
        var slow = await app.Client.SubmitAsync("""{"dataset":"slow","format":"csv"}""");
        var file = Path.Combine(_folder.Root, "courses.csv");

        var canceled = await On("exports", "cancel", slow);
        var listed = await On("exports", "list", "--dataset", "courses", "--max", "500");
        var json = await On("exports", "list", "--json", "--max", "1");
        var shown = await On("exports", "show", id);
        var saved = await On("exports", "download", id, "--output", file);
        var retried = await On("exports", "retry", id, "--json");
        var removed = await On("exports", "remove", id);
        var gone = await On("exports", "show", id);

        Assert.All([canceled, listed, json, shown, saved, retried, removed], run => Assert.Equal((0, ""), (run.Code, run.Error)));
        Assert.StartsWith(slow, canceled.Output, StringComparison.Ordinal);
        Assert.Contains(listed.Lines, line => line.StartsWith($"{id}\tsucceeded\tcourses\tcsv\t2\t", StringComparison.Ordinal));
        Assert.Single(JsonNode.Parse(json.Output)!.AsArray());
        Assert.Contains(
            shown.Lines, line => line.StartsWith("id ", StringComparison.Ordinal) && line.EndsWith(id, StringComparison.Ordinal));
        Assert.Equal($"Saved {file}", saved.Output.Trim());
        Assert.Equal(3, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
        Assert.NotEqual(id, JsonNode.Parse(retried.Output)!["id"]!.GetValue<string>());
        Assert.Equal(1, gone.Code);
        Assert.Contains("Check the id", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_IsShownEditedAndItsTimesListed()
    {
        var name = AzuriteFixture.UniqueName("Weekly");
        var (made, etag) = await new ScheduleClient(app.App.Http).MakeAsync(Weekly.Replace("NAME", name, StringComparison.Ordinal));
        var id = ScheduleClient.IdOf(made);

        var edited = await On(
            "schedules",
            "edit",
            name,
            "--frequency",
            "daily",
            "--time",
            "07:00",
            "--format",
            "pdf",
            "--limit",
            "9",
            "--name",
            name + " new");
        var (after, newTag) = await new ScheduleClient(app.App.Http).GetAsync(id);
        var shown = await On("schedules", "show", id, "--json");
        var next = await On("schedules", "next", id, "--count", "3");
        var run = await On("schedules", "run", id, "--json");
        var exportId = JsonNode.Parse(run.Output)!["exportId"]!.GetValue<string>();
        var runs = await On("schedules", "runs", id);
        var listed = await On("schedules", "list");

        Assert.All([edited, shown, next, run, runs, listed], result => Assert.Equal((0, ""), (result.Code, result.Error)));
        Assert.NotEqual(etag, newTag);
        Assert.Equal(
            ("daily", "07:00", null),
            (ScheduleClient.TextOf(after, "frequency"), ScheduleClient.TextOf(after, "time"), ScheduleClient.TextOf(after, "weekday")));
        Assert.Equal("Europe/Athens", ScheduleClient.TextOf(after, "timeZone"));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"dataset":"courses","format":"pdf","notify":["a@example.org"],"limit":9}"""),
                after["export"]), after["export"]!.ToJsonString());
        Assert.Equal(id, JsonNode.Parse(shown.Output)!["id"]!.GetValue<string>());
        Assert.Equal(3, next.Lines.Length);
        Assert.Contains(runs.Lines, line => line.Contains($"\t{exportId}\t", StringComparison.Ordinal));
        Assert.Contains(listed.Lines, line => line.StartsWith($"{id}\t{name} new\tcourses\tpdf\t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Datasets_Webhooks_Deliveries_Alerts_AndCleanups_AreListed()
    {
        var datasets = await On("datasets", "list");
        var columns = await On("datasets", "show", "courses");
        var added = await On("webhooks", "add", "Registrar", "https://hooks.example.org/exports", "--event", "export.failed", "--json");
        var webhook = JsonNode.Parse(added.Output)!;
        var webhooks = await On("webhooks", "list");
        var rotated = await On("webhooks", "rotate", webhook["id"]!.GetValue<string>());
        var removed = await On("webhooks", "remove", webhook["id"]!.GetValue<string>());
        var deliveries = await On("deliveries", "list", "--state", "pending", "--json");
        var alerts = await On("alerts", "list", "--open");
        var rules = await On("alerts", "rules");
        var plan = await On("cleanup", "--dry-run", "--json");
        var cleanup = await On("cleanup");
        var cleanups = await On("cleanup", "list");

        Assert.All(
            [datasets, columns, added, webhooks, rotated, removed, deliveries, alerts, rules, plan, cleanup, cleanups],
            run => Assert.Equal((0, ""), (run.Code, run.Error)));
        Assert.Contains(datasets.Lines, line => line.StartsWith("courses\t", StringComparison.Ordinal));
        Assert.Contains(columns.Lines, line => line.Split('\t') is [_, _, _, { Length: > 0 }]);
        Assert.StartsWith("whsec_", webhook["secret"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(webhooks.Lines, line => line.StartsWith($"{webhook["id"]}\tRegistrar\tstandard\t", StringComparison.Ordinal));
        Assert.Contains("whsec_", rotated.Output, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(deliveries.Output)!.AsArray());
        Assert.NotNull(JsonNode.Parse(plan.Output)!["counts"]);
        Assert.Contains("has begun", cleanup.Output, StringComparison.Ordinal);
        Assert.NotEmpty(cleanups.Lines);
    }

    [Theory]
    [InlineData("- --format", "exports", "list", "--format", "docx")]
    [InlineData("- --status", "exports", "list", "--status", "done")]
    [InlineData("- dataset: ", "export", "pupils")]
    [InlineData("- --columns: ", "export", "courses", "--columns", "nope")]
    [InlineData("- --filter op: ", "export", "courses", "--filter", """{"column":"code","op":"like","value":"x"}""")]
    [InlineData("- --option timeZone: ", "export", "courses", "--option", "timeZone=Mars/Phobos")]
    [InlineData("- --notify: ", "export", "courses", "--notify", "nobody")]
    [InlineData("- --file-name: ", "export", "courses", "--file-name", "a/b")]
    [InlineData("- --retry: ", "export", "courses", "--retry", "99999")]
    [InlineData("- address: ", "webhooks", "add", "x", "ftp://x")]
    [InlineData("- --days: ", "restore", "019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21", "--days", "0")]
    public async Task WhatIsWrong_IsSaidOfTheOption_NotOfABody(string expected, params string[] arguments)
    {
        var run = await On(arguments);

        Assert.Equal(1, run.Code);
        Assert.StartsWith("Correct this and run the command again:", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("under errors", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ShowsItselfAsJson_WithWhatItWasAskedFor()
    {
        var run = await On(
            "export", "courses", "--format", "csv", "--file-name", "all", "--notify", "a@example.org", "--retry", "1", "--output",
            _folder.Root, "--json");

        var export = JsonNode.Parse(run.Output)!;
        Assert.Equal(0, run.Code);
        Assert.Equal(("succeeded", "all.csv"), (export["status"]!.GetValue<string>(), export["file"]!["name"]!.GetValue<string>()));
        Assert.Equal(
            (1, "a@example.org"),
            (export["request"]!["retry"]!["count"]!.GetValue<int>(), export["request"]!["notify"]![0]!.GetValue<string>()));
        Assert.True(File.Exists(Path.Combine(_folder.Root, "all.csv")));
    }

    private Task<CommandRun> On(params string[] arguments) => CommandRun.OnAsync(app.App, arguments);
}

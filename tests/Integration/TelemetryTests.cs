using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Monitoring.Telemetry;
using ExportFunctions.Tests.Monitoring.Telemetry;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Integration;

/// <summary>What a host tells OpenTelemetry of an export.</summary>
[Integration]
public sealed class TelemetryTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task Export_IsOneTrace_FromTheRequestToTheFile_AndIsExported()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url;
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        var ended = new ConcurrentQueue<Activity>();
        using var listener =
            new ActivityListener { ShouldListenTo = source => source.Name == ExportActivities.Name, ActivityStopped = ended.Enqueue };
        ActivitySource.AddActivityListener(listener);
        string id;
        await using (var app = await TestApp.StartAsync(settings))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/exports")
            {
                Content = new StringContent("""{"dataset":"courses","format":"csv"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            using var accepted = await app.Http.SendAsync(request);
            id = accepted.Headers.Location!.ToString().Split('/')[^1];
            await app.Client.WaitUntilFinalAsync(id);
        }

        var own = ended.Where(activity => Equals(activity.GetTagItem("export.id")?.ToString(), id)).ToList();
        var sending = Assert.Single(own, activity => activity.Kind == ActivityKind.Producer);
        var processing = Assert.Single(own, activity => activity.Kind == ActivityKind.Consumer);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", sending.TraceId.ToHexString());
        Assert.Equal((sending.TraceId, sending.SpanId), (processing.TraceId, processing.ParentSpanId));
        Assert.Equal(("succeeded", 1), (processing.GetTagItem("export.outcome"), processing.GetTagItem("export.attempt")));

        // All of it went out by the time the host had stopped.
        Assert.All(
            ["process export", "send export", "Microsoft.AspNetCore.Hosting.HttpRequestIn"],
            name => Assert.Contains(name, receiver.Of("traces"), StringComparison.Ordinal));
        Assert.All(
            ["export.jobs", "export.job.duration", "export.rows", "export.bytes", "export.queue.wait"],
            name => Assert.Contains(name, receiver.Of("metrics"), StringComparison.Ordinal));
        Assert.All(
            ["ExportId", "Attempt", id, "rows, ", "export-functions"],
            text => Assert.Contains(text, receiver.Of("logs"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Collector_IsSaidOnceThatAnswersNothing_AndOnceThatItWorksAgain_WhileTheHostRuns()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Holds = true;
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url;
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        settings["OTEL_EXPORTER_OTLP_TIMEOUT"] = "500";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        settings["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        await using var host = await HostProcess.StartAsync(settings);
        await WaitForAsync(() => host.Output.Contains("Telemetry isn't delivered", StringComparison.Ordinal));
        await host.Client.Http.GetAsync(new Uri("/api/v1/datasets", UriKind.Relative), TestContext.Current.CancellationToken);

        receiver.Holds = false;
        await WaitForAsync(() =>
        {
            // Each request is something to send.
            _ = host.Client.Http.GetAsync(new Uri("/api/v1/datasets", UriKind.Relative), TestContext.Current.CancellationToken);
            return host.Output.Contains("takes telemetry again", StringComparison.Ordinal);
        });
        await host.TerminateAsync();

        var said = host.Output.Split(Environment.NewLine).Where(line => line.Contains("elemetry", StringComparison.Ordinal)).ToList();
        Assert.True(said.Count == 2, string.Join(Environment.NewLine, said));
        Assert.EndsWith(
            $"Telemetry isn't delivered: the collector can't be reached at {receiver.Url}: no answer in time. Trying again.",
            said[0],
            StringComparison.Ordinal);
        Assert.Contains("The telemetry collector takes telemetry again after ", said[1], StringComparison.Ordinal);
    }

    private static async Task WaitForAsync(Func<bool> isThere)
    {
        var waited = Stopwatch.StartNew();
        while (!isThere())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(90), "Waited in vain.");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task WarningBetweenInvocations_ReachesApplicationInsights_WhenAnotherHostServesOtherDatasets()
    {
        await using var insights = await IngestionStub.StartAsync();
        using var home = new CoursesFolder("HOME");
        using var away = new CoursesFolder("AWAY");
        var account = azurite.NewAccount();
        var settings = TestApp.Settings(account, away.DatasetsFile);
        settings[ApplicationInsights.Setting] = insights.ConnectionString;

        await using (await TestApp.StartAsync(TestApp.Settings(account, home.DatasetsFile)))
        await using (await TestApp.StartAsync(settings))
        {
            // It is said at the start, and sent by the time the host has stopped.
        }

        Assert.Contains("serves another datasets file", insights.Received, StringComparison.Ordinal);
        Assert.Contains("home.datasets.json", insights.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedStart_ReachesApplicationInsights_WithTheSettingThatIsWrong()
    {
        await using var insights = await IngestionStub.StartAsync();
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings[ApplicationInsights.Setting] = insights.ConnectionString;
        settings["WEBHOOK_SECRETS_KEY"] = "too short";

        await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(settings));

        Assert.Contains("WEBHOOK_SECRETS_KEY must be 32 random bytes", insights.Received, StringComparison.Ordinal);
    }
}

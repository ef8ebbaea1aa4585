using ExportFunctions.Monitoring.Telemetry;
using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring.Telemetry;

namespace ExportFunctions.Tests.Worker;

/// <summary>What the published app tells Application Insights, as the Functions host drops what belongs to no invocation.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerTelemetryTests(AzuriteFixture azurite, SchoolFixture school)
{
    [Fact]
    public async Task FailedStart_IsTold_WithTheSettingThatIsWrong()
    {
        await using var insights = await IngestionStub.StartAsync();
        var settings = WorkerHosts.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings[ApplicationInsights.Setting] = insights.ConnectionString;
        settings["WEBHOOK_SECRETS_KEY"] = "too short";

        await Assert.ThrowsAsync<WorkerStartException>(() => WorkerHosts.StartAsync(settings));

        Assert.Contains("WEBHOOK_SECRETS_KEY must be 32 random bytes", insights.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WarningBetweenInvocations_IsTold_WhenAnotherHostServesOtherDatasets()
    {
        await using var insights = await IngestionStub.StartAsync();
        using var other = new CoursesFolder("OTHER");
        var account = azurite.NewAccount();
        var settings = WorkerHosts.Settings(account, school.DatasetsFile);
        settings[ApplicationInsights.Setting] = insights.ConnectionString;
        await using var there = await TestApp.StartAsync(TestApp.Settings(account, other.DatasetsFile));

        await using (var host = await WorkerHosts.StartAsync(settings))
            await host.StopAsync();

        Assert.Contains("serves another datasets file", insights.Received, StringComparison.Ordinal);
    }
}

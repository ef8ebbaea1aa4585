using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>Workers that end in mid-export, in every way they can: another finishes the job.</summary>
[Collection(WorkerTests.Name)]
[Integration]
public sealed class WorkerStopTests(AzuriteFixture azurite, SchoolFixture school)
{
    private const int Rows = 40_000;

    [Fact]
    public async Task Job_IsHandedBackAtOnce_WhenTheHostStops()
    {
        var settings = WorkerHosts.Settings(azurite.NewAccount(), school.DatasetsFile);
        var (first, id) = await StartInMidExportAsync(settings);
        await using var stopped = first;

        await first.StopAsync();

        await using var second = await WorkerHosts.StartAsync(settings);
        Assert.Equal(0, first.Process.ExitCode);
        await AssertFinishedAsync(second, id, "released");
    }

    [Fact]
    public async Task Job_IsSavedByTheSweep_WhenTheWorkerIsTerminated()
    {
        var settings = WorkerHosts.Settings(azurite.NewAccount(), school.DatasetsFile);
        var (first, id) = await StartInMidExportAsync(settings);
        await using var stopped = first;

        await first.Process.TerminateAsync(TestContext.Current.CancellationToken);

        await using var second = await WorkerHosts.StartAsync(settings);
        await AssertFinishedAsync(second, id, "lost");
    }

    [Fact]
    public async Task Job_IsSavedByTheSweep_WhenTheMachineDies()
    {
        var settings = WorkerHosts.Settings(azurite.NewAccount(), school.DatasetsFile);
        var (first, id) = await StartInMidExportAsync(settings);
        await using var stopped = first;

        await first.KillAsync();

        await using var second = await WorkerHosts.StartAsync(settings);
        await AssertFinishedAsync(second, id, "lost");
    }

    private static async Task<(WorkerHost Host, string Id)> StartInMidExportAsync(Dictionary<string, string?> settings)
    {
        var host = await WorkerHosts.StartAsync(settings);
        using var client = WorkerHosts.ClientOf(host);
        var id = await client.SubmitAsync($$"""{"dataset":"slow","format":"csv","limit":{{Rows}}}""");
        await client.WaitAsync(id, job => job["rowsWritten"]!.GetValue<long>() > 0);
        return (host, id);
    }

    private static async Task AssertFinishedAsync(WorkerHost host, string id, string firstOutcome)
    {
        using var client = WorkerHosts.ClientOf(host);
        using var done = new CancellationTokenSource();
        // What was handed back needs no sweep.
        var sweeping = firstOutcome == "lost" ? SweepAsync(host, done.Token) : Task.CompletedTask;

        var job = await client.WaitUntilFinalAsync(id);

        await done.CancelAsync();
        await sweeping;
        Assert.Equal(("succeeded", Rows), (ExportClient.StatusOf(job), job["rowsWritten"]!.GetValue<int>()));
        Assert.Equal([firstOutcome, "succeeded"], await OutcomesAsync(client));
    }

    /// <summary>How the attempts ended, once there are two: the last record follows its job's final state by a moment.</summary>
    private static async Task<IReadOnlyList<string>> OutcomesAsync(ExportClient client)
    {
        for (var tries = 0; ; tries++)
        {
            var records = (await client.Http.GetFromJsonAsync<JsonNode>("/api/v1/metrics"))!["items"]!.AsArray();
            if (records.Count >= 2 || tries == 100)
                return [.. records.Select(record => record!["outcome"]!.GetValue<string>())];

            await Task.Delay(50);
        }
    }

    /// <summary>The timer that takes up stale exports, once a second.</summary>
    private static async Task SweepAsync(WorkerHost host, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await host.TickAsync("RequeueStaleExports", CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

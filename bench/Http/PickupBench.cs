using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Integration.Chaos;

namespace ExportFunctions.Bench.Http;

/// <summary>
/// How long an export waits from its request until a function runs it, as the records of attempts say: on a host that has been idle, so
/// that its looks at empty queues are as rare as they get, and on one that is given exports at a steady pace. And what an idle host costs.
/// </summary>
internal static class PickupBench
{
    private const string Body = """{"dataset":"courses","format":"csv","limit":10}""";

    private const int WarmUp = 20;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var requests = settings.Rows ?? 20;
        var report = new Report("pickup", "From POST /api/v1/exports until a function runs the export");
        var waits = new ReportTable("Wait", ["", "exports", "p50 ms", "p90 ms", "p99 ms", "max ms"]);
        await using (var stage = await AppStage.CreateAsync(students: 1000, cancellationToken))
        {
            await using var host = await stage.StartHostAsync("sqlite", cancellationToken);
            await MeasureAsync(host.Client, WarmUp, TimeSpan.FromSeconds(1.0 / settings.PerSecond), cancellationToken);
            Add(waits, "idle, 10 s apart", await MeasureAsync(host.Client, requests, Idle, cancellationToken));
            Add(
                waits,
                $"busy, {settings.PerSecond} a second",
                await MeasureAsync(host.Client, requests * 20, TimeSpan.FromSeconds(1.0 / settings.PerSecond), cancellationToken));
        }

        report.Add(waits);
        report.Add(await IdleAsync(cancellationToken));
        report.Note("Small exports over SQLite; the busy host has its processors in common with Azurite and the client.");
        await report.FileAsync(settings, cancellationToken);
    }

    /// <summary>The waits of exports that are asked for at a steady pace, in milliseconds, the shortest first.</summary>
    private static async Task<double[]> MeasureAsync(ExportClient client, int requests, TimeSpan pace, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var asked = new List<Task<string>>();
        for (var i = 1; i <= requests; i++)
        {
            if (i * pace - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, cancellationToken);
            asked.Add(client.SubmitAsync(Body));
        }

        var ids = (await Task.WhenAll(asked)).ToHashSet(StringComparer.Ordinal);
        while (true)
        {
            var own = (await RecordsAsync(client, cancellationToken)).Where(record => ids.Contains(record["exportId"]!.GetValue<string>()))
                .ToList();
            if (own.Count >= requests)
                return [.. own.Select(record => record["queueWaitSeconds"]!.GetValue<double>() * 1000).Order()];

            await Task.Delay(Poll, cancellationToken);
        }
    }

    private static async Task<List<JsonNode>> RecordsAsync(ExportClient client, CancellationToken cancellationToken)
    {
        var records = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = await client.Http.GetFromJsonAsync<JsonNode>(
                $"/api/v1/metrics?pageSize=500{(next is null ? "" : $"&continuationToken={Uri.EscapeDataString(next)}")}",
                cancellationToken);
            records.AddRange(page!["items"]!.AsArray()!);
            next = page["continuationToken"]?.GetValue<string>();
        }
        while (next is not null);

        return records;
    }

    private static async Task<ReportTable> IdleAsync(CancellationToken cancellationToken)
    {
        await using var stage = await AppStage.CreateAsync(students: 1000, cancellationToken);
        var hosted = await stage.SettingsAsync("sqlite", cancellationToken);
        await using var counted = await FaultyStorage.StartAsync(hosted["AzureWebJobsStorage"]!, seed: 1);
        counted.IsFaulty = false;
        hosted["AzureWebJobsStorage"] = counted.ConnectionString;
        await using var host = await HostProcess.StartAsync(hosted);
        await Task.Delay(Idle, cancellationToken);

        counted.ForgetCalls();
        var (begun, used) = (Stopwatch.GetTimestamp(), host.ProcessorSeconds());
        await Task.Delay(Idle * 3, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var table = new ReportTable("An idle host", ["", "seconds", "calls to queues a second", "other calls a second", "processor %"]);
        var queues = counted.CallsByService["queue"];
        table.Add(
            "serve",
            Figures.Short(seconds),
            Figures.Short(queues / seconds),
            Figures.Short((counted.Count.Calls - queues) / seconds),
            Figures.Short((host.ProcessorSeconds() - used) / seconds * 100));
        return table;
    }

    private static void Add(ReportTable table, string name, double[] waits) => table.Add(
    [
        name,
        Figures.Count(waits.Length),
        .. new[] { 0.5, 0.9, 0.99, 1 }.Select(
            share => waits[(int)Math.Ceiling(share * waits.Length) - 1].ToString("0.0", CultureInfo.InvariantCulture)),
    ]);
}

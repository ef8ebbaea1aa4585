using System.Diagnostics;
using System.Globalization;
using System.Net;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench.Http;

/// <summary>
/// How long an answer to <c>POST /api/v1/exports</c> takes while the host runs the jobs it is given. Requests come at a steady pace,
/// whether or not the one before is answered, and are timed from the moment they were due, so that a stall counts for every request it
/// delays.
/// </summary>
internal static class PostBench
{
    private const string Body =
        """{"dataset":"courses","format":"csv","filter":{"column":"semester","op":"eq","value":1},"sort":["title"],"limit":10}""";

    private const int WarmUp = 200;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var requests = settings.Rows ?? 1000;
        var report = new Report("post", "POST /api/v1/exports: from the moment a request was due to its answer");
        var table = new ReportTable("Latency at a steady pace", ["requests", "per second", "p50 ms", "p90 ms", "p99 ms", "max ms"]);
        foreach (var perSecond in new[] { settings.PerSecond / 2, settings.PerSecond })
        {
            var milliseconds = await MeasureAsync(requests, perSecond, cancellationToken);
            table.Add(
            [
                Figures.Count(requests),
                Figures.Count(perSecond),
                .. new[] { 0.5, 0.9, 0.99, 1 }.Select(
                    share => milliseconds[(int)Math.Ceiling(share * requests) - 1].ToString("0.0", CultureInfo.InvariantCulture)),
            ]);
        }

        report.Add(table);
        report.Note("Small exports over SQLite; the host runs each job meanwhile, on the same processors as Azurite and the client.");
        await report.FileAsync(settings, cancellationToken);
    }

    /// <summary>The milliseconds of every answer, the quickest first.</summary>
    private static async Task<double[]> MeasureAsync(int requests, int perSecond, CancellationToken cancellationToken)
    {
        await using var stage = await AppStage.CreateAsync(students: 1000, cancellationToken);
        await using var host = await stage.StartHostAsync("sqlite", cancellationToken);
        var pace = TimeSpan.FromSeconds(1.0 / perSecond);
        var answers = new List<Task<double>>(WarmUp + requests);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUp + requests; i++)
        {
            var due = i * pace;
            if (due - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, cancellationToken);
            answers.Add(TimeAsync(host.Client, begun, due));
        }

        var milliseconds = (await Task.WhenAll(answers))[WarmUp..];
        Array.Sort(milliseconds);
        return milliseconds;
    }

    private static async Task<double> TimeAsync(ExportClient client, long begun, TimeSpan due)
    {
        using var response = await client.PostAsync(Body);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"The host answered {response.StatusCode}.");

        return (Stopwatch.GetElapsedTime(begun) - due).TotalMilliseconds;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Http;

/// <summary>How long an answer to <c>POST /api/v1/exports</c> takes, one request after the other, while the host runs the jobs it is given.</summary>
internal static class PostBench
{
    private const string Request = """{"dataset":"courses","format":"csv","filter":{"column":"semester","op":"eq","value":1},"sort":["title"],"limit":10}""";

    private const int WarmUp = 100;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var requests = settings.Rows ?? 1000;
        await using var stage = await AppStage.CreateAsync(students: 1000, cancellationToken);
        await using var host = await stage.StartHostAsync("sqlite", cancellationToken);

        var milliseconds = new List<double>(requests);
        for (var i = 0; i < WarmUp + requests; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var response = await host.Client.PostAsync(Request);
            if (response.StatusCode != HttpStatusCode.Accepted)
                throw new InvalidOperationException($"The host answered {response.StatusCode}.");
            if (i >= WarmUp)
                milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        milliseconds.Sort();
        var report = new Report("post", "POST /api/v1/exports: from request to answer");
        var table = new ReportTable("Latency, one request after the other", ["", "requests", "p50 ms", "p90 ms", "p99 ms", "max ms"]);
        table.Add(["POST", Figures.Count(requests), .. new[] { 0.5, 0.9, 0.99, 1 }.Select(share => milliseconds[(int)Math.Ceiling(share * requests) - 1].ToString("0.0", CultureInfo.InvariantCulture))]);
        report.Add(table);
        report.Note("Small exports over SQLite; the host runs each job meanwhile, on the same processors as Azurite and the client.");
        await report.FileAsync(settings, cancellationToken);
    }
}

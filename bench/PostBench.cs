using System.Diagnostics;
using System.Net;
using Spectre.Console;

namespace ExportFunctions.Bench;

/// <summary>How long an answer to <c>POST /api/v1/exports</c> takes, one request after the other, while the host runs the jobs it is given.</summary>
internal static class PostBench
{
    private const int WarmUp = 100;

    public static async Task<int> RunAsync(string[] args)
    {
        var requests = BenchStage.Number(args, 1000);
        await using var stage = await BenchStage.CreateAsync(students: 1000);
        await using var host = await stage.StartHostAsync();

        var milliseconds = new List<double>(requests);
        for (var i = 0; i < WarmUp + requests; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var response = await host.Client.PostAsync("""{"dataset":"courses","format":"csv","filter":{"column":"semester","op":"eq","value":1},"sort":["title"],"limit":10}""");
            if (response.StatusCode != HttpStatusCode.Accepted)
                throw new InvalidOperationException($"The host answered {response.StatusCode}.");
            if (i >= WarmUp)
                milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        milliseconds.Sort();
        var table = new Table().AddColumns("requests", "p50 ms", "p90 ms", "p99 ms", "max ms");
        table.AddRow([$"{requests}", .. new[] { 0.5, 0.9, 0.99, 1 }.Select(share => $"{milliseconds[(int)Math.Ceiling(share * requests) - 1]:0.0}")]);
        AnsiConsole.Write(table);
        return 0;
    }
}

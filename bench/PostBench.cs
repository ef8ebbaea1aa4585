using System.Diagnostics;
using System.Net;
using Spectre.Console;

namespace ExportFunctions.Bench;

/// <summary>
/// How long an answer to <c>POST /api/v1/exports</c> takes while the host runs the jobs it is given. Requests come at a steady pace, whether
/// or not the one before is answered, and are timed from the moment they were due, so that a stall counts for every request it delays.
/// </summary>
internal static class PostBench
{
    private const int WarmUp = 200;
    private const string Body = """{"dataset":"courses","format":"csv","filter":{"column":"semester","op":"eq","value":1},"sort":["title"],"limit":10}""";

    public static async Task<int> RunAsync(string[] args)
    {
        var requests = BenchStage.Number(args, 1000);
        var perSecond = BenchStage.Number(args.Length > 1 ? args[1..] : [], 20);
        await using var stage = await BenchStage.CreateAsync(students: 1000);
        await using var host = await stage.StartHostAsync();

        var pace = TimeSpan.FromSeconds(1.0 / perSecond);
        var answers = new List<Task<double>>(WarmUp + requests);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUp + requests; i++)
        {
            var due = i * pace;
            if (due - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            answers.Add(TimeAsync(host.Client, begun, due));
        }

        var milliseconds = (await Task.WhenAll(answers))[WarmUp..];
        Array.Sort(milliseconds);
        var table = new Table().AddColumns("requests", "per second", "p50 ms", "p90 ms", "p99 ms", "max ms");
        table.AddRow([$"{requests}", $"{perSecond}", .. new[] { 0.5, 0.9, 0.99, 1 }.Select(share => $"{milliseconds[(int)Math.Ceiling(share * requests) - 1]:0.0}")]);
        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<double> TimeAsync(Tests.Integration.ExportClient client, long begun, TimeSpan due)
    {
        using var response = await client.PostAsync(Body);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"The host answered {response.StatusCode}.");

        return (Stopwatch.GetElapsedTime(begun) - due).TotalMilliseconds;
    }
}

using System.Diagnostics;
using ExportFunctions.Tests.Integration;
using Spectre.Console;

namespace ExportFunctions.Bench;

/// <summary>Exports all students in each format, from request to success, on a fresh host a format; the first run warms the host up on one row.</summary>
internal static class ExportsBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var students = BenchStage.Number(args, 10_000);
        await using var stage = await BenchStage.CreateAsync(students);
        var table = new Table().AddColumns("format", "rows", "seconds", "rows/s", "file MB", "host peak MB");
        foreach (var format in new[] { "excel", "csv", "pdf" })
        {
            await using var host = await stage.StartHostAsync();
            await host.Client.DownloadAsync(await host.Client.SubmitAsync($$"""{"dataset":"students","format":"{{format}}","limit":1}"""));

            var begun = Stopwatch.GetTimestamp();
            var job = await host.Client.WaitUntilFinalAsync(await host.Client.SubmitAsync($$"""{"dataset":"students","format":"{{format}}"}"""));
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            if (ExportClient.StatusOf(job) != "succeeded")
                throw new InvalidOperationException(job.ToString());

            var megabytes = job["file"]!["bytes"]!.GetValue<long>() / 1e6;
            table.AddRow(format, $"{students}", $"{seconds:0.00}", $"{students / seconds:0}", $"{megabytes:0.0}", $"{host.PeakMegabytes():0}");
        }

        AnsiConsole.Write(table);
        return 0;
    }
}

using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.EndToEnd;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Http;

/// <summary>
/// Exports all students with all columns in each format, from request to success, on a fresh host a format; the first run warms the host
/// up on one row.
/// </summary>
internal static class ExportsBench
{
    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var students = settings.Rows ?? 10_000;
        await using var stage = await AppStage.CreateAsync(students, cancellationToken);
        var report = new Report("exports", "Exports of all students, all columns, from SQLite: from request to success");
        var table = new ReportTable("One export on a fresh host", ["", "rows", "seconds", "rows/s", "bytes/row", "host peak MB"]);
        foreach (var format in new[] { "excel", "csv", "pdf" })
        {
            await using var host = await stage.StartHostAsync("sqlite", cancellationToken);
            await ExportRun.RunAsync(
                host.Client, $$"""{"dataset":"students","format":"{{format}}","limit":1}""", 1, settings.Limit, cancellationToken);
            var sample = await ExportRun.RunAsync(
                host.Client, $$"""{"dataset":"students","format":"{{format}}"}""", students, settings.Limit, cancellationToken);
            table.Add(
                format,
                Figures.Count(students),
                Figures.Short(sample.Seconds),
                Figures.Rate(sample.RowsPerSecond),
                Figures.Short((double)sample.Bytes!.Value / students),
                Figures.Short(host.PeakMegabytes()));
        }

        report.Add(table);
        report.Note("All fifteen columns, notes of up to 9,000 characters among them.");
        await report.FileAsync(settings, cancellationToken);
    }
}

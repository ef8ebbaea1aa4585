using System.Diagnostics;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench.EndToEnd;

/// <summary>
/// Exports of a million rows through the API of a warm host, beside the database's own tool that writes the same query to a local CSV file.
/// Each round runs the tool, half the rows and all of them, so that the ratios are of runs that followed each other.
/// </summary>
internal static class EndToEndBench
{
    private const int DefaultRounds = 3;
    private const int WarmUpRows = 50_000;

    private static readonly string[] Formats = ["csv", "excel", "pdf"];

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var rows = settings.Rows ?? 1_000_000;
        await using var stage = await AppStage.CreateAsync(rows, cancellationToken);
        var tool = new LocalCsv(settings.Source, stage);
        var report = new Report(
            "end-to-end",
            $"End to end from {settings.Source}: from request to committed blob, warm host",
            settings.Source,
            $"--source {settings.Source}");
        report.AddVersion(await tool.VersionAsync(cancellationToken));
        var table = new ReportTable(
            $"Nine columns, beside {tool.Name} to a local file",
            ["", "rows", "rounds", "seconds", "rows/s", $"times {tool.Name}", "all / half", "bytes/row", "host peak MB"]);
        foreach (var format in Formats.Where(
            format => settings.Only.Count == 0 || settings.Only.Contains(format, StringComparer.OrdinalIgnoreCase)))
            await MeasureAsync(format, rows, stage, tool, table, settings, cancellationToken);

        report.Add(table);
        report.Note(
            $"Times {tool.Name}: our rate divided by its rate, the median of the rounds. All / half: seconds for all rows divided by"
                + " seconds for half of them; 2 is linear.",
            "The database, Azurite, the host and the client that asks every 20 ms share the processors. A host of its own for each"
                + " format; its peak is of the whole process, warm-up included.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task MeasureAsync(
        string format,
        int rows,
        AppStage stage,
        LocalCsv tool,
        ReportTable table,
        BenchSettings settings,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var host = await stage.StartHostAsync(settings.Source, cancellationToken);
            var rounds = new List<Round>();
            var wanted = settings.Rounds ?? DefaultRounds;
            for (var number = 0; number <= wanted && (number <= 1 || Stopwatch.GetElapsedTime(settings.Begun) < settings.Limit); number++)
            {
                Progress.Say($"{format}: {(number == 0 ? "warm-up" : $"round {number} of {wanted}")}");
                var isWarmUp = number == 0;
                var local = await tool.RunAsync(isWarmUp ? Math.Min(rows, WarmUpRows) : rows, cancellationToken);
                var half = await ExportAsync(host, isWarmUp ? Math.Min(rows, WarmUpRows) : rows / 2);
                var all = await ExportAsync(host, isWarmUp ? Math.Min(rows, WarmUpRows) : rows);
                if (!isWarmUp)
                    rounds.Add(new Round(local, half, all));
            }

            if (format == Formats[0] && rounds[0].Local is not null)
                table.Add(
                    tool.Name,
                    Figures.Count(rows),
                    Figures.Count(rounds.Count),
                    Figures.Short(Median(round => round.Local!.Value.Seconds)),
                    Figures.Rate(Median(round => round.Local!.Value.RowsPerSecond)),
                    "1.00",
                    "",
                    Figures.Short((double)rounds[^1].Local!.Value.Bytes!.Value / rows),
                    "");

            table.Add(
                format,
                Figures.Count(rows),
                Figures.Count(rounds.Count),
                Figures.Short(Median(round => round.All.Seconds)),
                Figures.Rate(Median(round => round.All.RowsPerSecond)),
                rounds[0].Local is null ? "" : Figures.Short(Median(round => round.All.RowsPerSecond / round.Local!.Value.RowsPerSecond)),
                Figures.Short(Median(round => round.All.Seconds / round.Half.Seconds)),
                Figures.Short((double)rounds[^1].All.Bytes!.Value / rows),
                Figures.Short(host.PeakMegabytes()));

            double Median(Func<Round, double> value) => Standing.Median(rounds.Select(value));
        }
        catch (SkippedException reason)
        {
            Progress.Warn($"{format} is left out: {reason.Message}");
            table.Add(format, "", "", "", "left out: " + reason.Message, "", "", "", "");
        }

        Task<Sample> ExportAsync(HostProcess host, long limit)
        {
            var columns = string.Join(',', StudentsSeed.Columns.Select(column => $"\"{column}\""));
            var page = limit < rows ? FormattableString.Invariant($",\"limit\":{limit}") : "";
            return ExportRun.RunAsync(
                host.Client,
                $$"""{"dataset":"students","format":"{{format}}","columns":[{{columns}}]{{page}}}""",
                limit,
                settings.Limit,
                cancellationToken);
        }
    }

    private readonly record struct Round(Sample? Local, Sample Half, Sample All);
}

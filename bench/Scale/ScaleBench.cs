using System.Diagnostics;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.EndToEnd;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench.Scale;

/// <summary>A large CSV export from PostgreSQL: in one piece, and in slices on one, two and four hosts of this machine. Each round runs them all, so that the ratios are of runs that followed each other.</summary>
internal static class ScaleBench
{
    private const int DefaultRows = 10_000_000;
    private const int DefaultRounds = 2;
    private const int WarmUpRows = 50_000;

    private static readonly Setup[] Setups =
    [
        new("in one piece", Hosts: 1, IsSliced: false),
        new("slices, 1 host", Hosts: 1, IsSliced: true),
        new("slices, 2 hosts", Hosts: 2, IsSliced: true),
        new("slices, 4 hosts", Hosts: 4, IsSliced: true),
    ];

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var rows = settings.Rows ?? DefaultRows;
        await using var stage = await AppStage.CreateAsync(rows, cancellationToken);
        var report = new Report("scale", "A large CSV export in slices", FormattableString.Invariant($"{rows / 1_000_000}m"));
        var table = new ReportTable($"{Figures.Count(rows)} students of nine columns from PostgreSQL", ["", "rounds", "seconds", "rows/s", "times in one piece", "slices", "largest host peak MB"]);
        var results = Setups.ToDictionary(setup => setup, _ => new List<Result>());
        try
        {
            var wanted = settings.Rounds ?? DefaultRounds;
            for (var round = 1; round <= wanted && (round == 1 || Stopwatch.GetElapsedTime(settings.Begun) < settings.Limit); round++)
            {
                foreach (var setup in Setups.Where(setup => settings.Only.Count == 0 || settings.Only.Any(only => setup.Name.Contains(only, StringComparison.OrdinalIgnoreCase))))
                {
                    Progress.Say($"round {round} of {wanted}: {setup.Name}");
                    results[setup].Add(await MeasureAsync(setup, stage, rows, settings, cancellationToken));
                }
            }

            var whole = results[Setups[0]].Count > 0 ? Standing.Median(results[Setups[0]].Select(result => result.Sample.RowsPerSecond)) : (double?)null;
            foreach (var (setup, runs) in results.Where(pair => pair.Value.Count > 0))
            {
                var rate = Standing.Median(runs.Select(run => run.Sample.RowsPerSecond));
                table.Add(
                    setup.Name,
                    Figures.Count(runs.Count),
                    Figures.Short(Standing.Median(runs.Select(run => run.Sample.Seconds))),
                    Figures.Rate(rate),
                    whole is null ? "" : Figures.Short(rate / whole.Value),
                    Figures.Count(runs[^1].Slices),
                    Figures.Short(runs.Max(run => run.PeakMegabytes)));
            }
        }
        catch (SkippedException reason)
        {
            Progress.Warn($"Left out: {reason.Message}");
            table.Add("left out: " + reason.Message, "", "", "", "", "", "");
        }

        report.Add(table);
        report.Note("The database, Azurite, the hosts and the client share the processors: more hosts than processors cannot be faster, but must not be slower. Hosts are fresh for each run, and warmed by a small export.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task<Result> MeasureAsync(Setup setup, AppStage stage, int rows, BenchSettings settings, CancellationToken cancellationToken)
    {
        var hosts = new List<HostProcess>();
        try
        {
            var told = await stage.SettingsAsync("postgres", cancellationToken);
            if (!setup.IsSliced)
                told["Exports:SliceRows"] = "100000000";
            for (var host = 0; host < setup.Hosts; host++)
                hosts.Add(await HostProcess.StartAsync(told));

            foreach (var host in hosts)
                await ExportRun.RunAsync(host.Client, Request(FormattableString.Invariant($",\"limit\":{WarmUpRows}")), WarmUpRows, settings.Limit, cancellationToken);
            var (sample, slices) = await ExportRun.RunSlicedAsync(hosts[0].Client, Request(""), rows, settings.Limit, cancellationToken);
            return new Result(sample, slices, hosts.Max(host => host.PeakMegabytes()));
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    private static string Request(string more) =>
        $$"""{"dataset":"students","format":"csv","columns":[{{string.Join(',', StudentsSeed.Columns.Select(column => $"\"{column}\""))}}]{{more}}}""";

    private sealed record Setup(string Name, int Hosts, bool IsSliced);

    private sealed record Result(Sample Sample, int Slices, double PeakMegabytes);
}

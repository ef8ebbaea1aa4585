using System.Diagnostics;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Scale;

/// <summary>
/// A large export of each format from PostgreSQL: in one piece, and in slices on one, two and four hosts of this machine. Each round runs
/// them all, so that the ratios are of runs that followed each other; then each once more through a proxy that counts what it asks of
/// storage.
/// </summary>
internal static class ScaleBench
{
    private const int DefaultRows = 10_000_000;
    private const int DefaultRounds = 2;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var rows = settings.Rows ?? DefaultRows;
        await using var stage = await AppStage.CreateAsync(rows, cancellationToken);
        var report = new Report(
            "scale",
            "Large exports in slices",
            FormattableString.Invariant($"{rows / 1_000_000}m"),
            FormattableString.Invariant($"--rows {rows} --rounds {settings.Rounds ?? DefaultRounds}"));
        var setups = ScaleSetup.All.Where(setup => settings.Only.Count == 0 || settings.Only.Any(setup.IsCalled)).ToList();
        report.Add(await SpeedAsync(setups, stage, rows, settings, report, cancellationToken));
        report.Add(await CallsAsync(setups, stage, rows, settings, report, cancellationToken));

        report.Note(
            "The database, Azurite, the hosts and the client share the processors: more hosts than processors cannot be faster, but must"
                + " not be slower. Hosts are fresh for each run, and warmed in the same way: an export of three tenths of the rows,"
                    + " 3,000,000 at most, goes through each of them first.");
        report.Note(
            "Instance seconds are those of all hosts from the request to the file, as a plan that pays for instances counts them;"
                + " processor seconds are what the hosts used of them.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task<ReportTable> SpeedAsync(
        IReadOnlyList<ScaleSetup> setups,
        AppStage stage,
        int rows,
        BenchSettings settings,
        Report report,
        CancellationToken cancellationToken)
    {
        var table = new ReportTable(
            $"{Figures.Count(rows)} students of nine columns from PostgreSQL",
            ["", "rounds", "seconds", "rows/s", "times in one piece", "slices", "instance seconds", "processor seconds", "largest host peak MB"]);
        var results = setups.ToDictionary(setup => setup, _ => new List<ScaleRun>());
        var wanted = settings.Rounds ?? DefaultRounds;
        for (var round = 1; round <= wanted && (round == 1 || Stopwatch.GetElapsedTime(settings.Begun) < settings.Limit); round++)
        {
            foreach (var setup in setups)
            {
                Progress.Say($"round {round} of {wanted}: {setup.Name}");
                await TryAsync(
                    setup,
                    report,
                    async () => results[setup].Add(await ScaleRun.MeasureAsync(setup, stage, rows, settings.Limit, cancellationToken)));
            }
        }

        foreach (var (setup, runs) in results.Where(pair => pair.Value.Count > 0))
        {
            var rate = Median(runs, run => run.Sample.RowsPerSecond);
            var whole = results.FirstOrDefault(pair => pair.Key.Format == setup.Format && !pair.Key.IsSliced && pair.Value.Count > 0).Value;
            var seconds = Median(runs, run => run.Sample.Seconds);
            table.Add(
                setup.Name,
                Figures.Count(runs.Count),
                Figures.Short(seconds),
                Figures.Rate(rate),
                whole is null ? "" : Figures.Short(rate / Median(whole, run => run.Sample.RowsPerSecond)),
                Figures.Count(runs[^1].Slices),
                Figures.Short(seconds * setup.Hosts),
                setup.IsKilled ? "" : Figures.Short(Median(runs, run => run.ProcessorSeconds)),
                Figures.Short(runs.Max(run => run.PeakMegabytes)));
        }

        return table;
    }

    private static async Task<ReportTable> CallsAsync(
        IReadOnlyList<ScaleSetup> setups,
        AppStage stage,
        int rows,
        BenchSettings settings,
        Report report,
        CancellationToken cancellationToken)
    {
        var table = new ReportTable("Calls to storage", ["", "blob", "queue", "table", "for a million rows"]);
        foreach (var setup in setups.Where(setup => !setup.IsKilled))
        {
            if (Stopwatch.GetElapsedTime(settings.Begun) > settings.Limit)
            {
                report.Note("The time was over before all calls were counted.");
                break;
            }

            Progress.Say($"calls to storage: {setup.Name}");
            await TryAsync(setup, report, async () =>
            {
                var calls = await ScaleRun.CountCallsAsync(setup, stage, rows, settings.Limit, cancellationToken);
                table.Add(
                    setup.Name,
                    Figures.Count(calls["blob"]),
                    Figures.Count(calls["queue"]),
                    Figures.Count(calls["table"]),
                    Figures.Count(calls.Values.Sum() * 1_000_000 / rows));
            });
        }

        return table;
    }

    // What the others have measured is kept.
    private static async Task TryAsync(ScaleSetup setup, Report report, Func<Task> measure)
    {
        try
        {
            await measure();
        }
        catch (SkippedException reason)
        {
            Progress.Warn($"Left out: {setup.Name}: {reason.Message}");
            report.Note($"Left out: {setup.Name}: {reason.Message}");
        }
    }

    private static double Median(IEnumerable<ScaleRun> runs, Func<ScaleRun, double> figure) => Standing.Median(runs.Select(figure));
}

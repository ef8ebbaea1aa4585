using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Measuring;

namespace ExportFunctions.Bench.Reports;

/// <summary>Runs groups and puts each into a report as a table.</summary>
internal static class MeasuredGroups
{
    private const int DefaultRounds = 5;

    public static async Task MeasureAsync(
        this Report report, IEnumerable<Group> groups, BenchSettings settings, CancellationToken cancellationToken)
    {
        var rounds = new Rounds(settings.Rounds ?? DefaultRounds, settings.Limit, settings.Begun);
        foreach (var group in groups)
        {
            if (group.Only(settings.Only) is { } chosen)
                report.Add(Tabulate(chosen, await rounds.RunAsync(chosen, cancellationToken), report));

            foreach (var contender in group.Contenders)
                await contender.DisposeAsync();
        }

        report.Note(
            "Ratio: how many times as fast the first row of the table was, the median of the rounds' ratios. Figures are medians; under"
                + " 10 % is noise. CPU: the processors' time, of all threads of this process.");
    }

    private static ReportTable Tabulate(Group group, IReadOnlyList<Standing> standings, Report report)
    {
        var ours = standings[0];
        var table =
            new ReportTable(group.Title, ["", "rows", "rounds", "seconds", "rows/s", "ratio", "CPU ns/row", "CPU ratio", "bytes/row"]);
        foreach (var standing in standings)
        {
            report.AddVersion(standing.Contender.Version);
            if (standing.Skipped is { } reason || standing.Samples.Count == 0)
                table.Add(standing.Contender.Name, "", "", "", "left out: " + (standing.Skipped ?? "no time was left"), "", "", "", "");
            else
                table.Add(Cells(standing, ours));
        }

        return table;
    }

    private static string[] Cells(Standing standing, Standing ours) =>
    [
        standing.Contender.Name,
        Figures.Count(standing.Contender.Rows),
        Figures.Count(standing.Samples.Count),
        Figures.Short(standing.Seconds),
        Figures.Rate(standing.RowsPerSecond),
        ours.Samples.Count == 0 ? "" : Figures.Short(standing.RatioOf(ours)),
        standing.ProcessorNanoseconds is { } nanoseconds ? Figures.Count((long)nanoseconds) : "",
        standing.ProcessorRatioOf(ours) is { } ratio ? Figures.Short(ratio) : "",
        standing.BytesPerRow is { } bytes ? Figures.Short(bytes) : "",
    ];
}

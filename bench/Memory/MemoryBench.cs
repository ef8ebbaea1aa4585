using System.Diagnostics;
using System.Globalization;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Bench.Writers;

namespace ExportFunctions.Bench.Memory;

/// <summary>
/// Each writer in a fresh process for a tenth of the rows, and in another for all of them: the peaks, and what a further row allocates.
/// </summary>
internal static class MemoryBench
{
    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var max = settings.Rows ?? 1_000_000;
        using var files = new BenchFolder();
        await using var fewer = new WriterGroups(max / 10, MemoryChild.DistinctRows, files);
        await using var all = new WriterGroups(max, MemoryChild.DistinctRows, files);
        var report = new Report("memory", "Memory of the writers, each in fresh processes");
        report.Add(Tabulate("The share of all", [await MeasureAsync(MemoryChild.Nothing, null, null, max, cancellationToken)]));
        foreach (var (few, many) in fewer.OfFewRows.Zip(all.OfFewRows))
        {
            if (many.Only(settings.Only) is not { } chosen)
                continue;

            var found = new List<string[]>();
            foreach (var contender in chosen.Contenders)
            {
                Progress.Say($"{contender.Name}");
                var twin = few.Contenders[many.Contenders.ToList().IndexOf(contender)];
                found.Add(Stopwatch.GetElapsedTime(settings.Begun) < settings.Limit
                    ? await MeasureAsync(contender.Name, twin, contender, max, cancellationToken)
                    : [contender.Name, "", "", "", "left out: no time was left", ""]);
            }

            report.Add(Tabulate(chosen.Title, found));
        }

        report.Note(
            "Peak: the most memory the process ever had resident (VmHWM), with the runtime, JIT and the rows themselves.",
            "Allocated: the bytes that the larger run allocated more than the smaller, per 1,000 rows of the difference; what start-up"
                + " costs falls out.",
            "Peers in processes of their own hold their rows too; slow ones write fewer.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static ReportTable Tabulate(string title, IEnumerable<string[]> rows)
    {
        var table = new ReportTable(title, ["", "rows", "peak MB", "rows", "peak MB", "allocated bytes/1,000 rows"]);
        foreach (var row in rows)
            table.Add(row);

        return table;
    }

    private static async Task<string[]> MeasureAsync(
        string name, Contender? few, Contender? many, long max, CancellationToken cancellationToken)
    {
        try
        {
            if (few is ChildProcessPeer fewPeer && many is ChildProcessPeer manyPeer)
                return [name, Figures.Count(few.Rows), Figures.Short(await PeakAsync(fewPeer, cancellationToken)), Figures.Count(
                    many.Rows), Figures.Short(await PeakAsync(manyPeer, cancellationToken)), ""];

            var (smallPeak, smallAllocated) = await RunChildAsync(name, max / 10, cancellationToken);
            var (peak, allocated) = await RunChildAsync(name, max, cancellationToken);
            if (few is null || many is null)
                return [name, "", Figures.Short(smallPeak), "", Figures.Short(peak), ""];

            // Start-up varies by a few kilobytes; less than nothing is nothing.
            var perThousand = 1000.0 * Math.Max(0, allocated - smallAllocated) / (many.Rows - few.Rows);
            return [name, Figures.Count(few.Rows), Figures.Short(
                smallPeak), Figures.Count(many.Rows), Figures.Short(peak), Figures.Count((long)Math.Round(perThousand))];
        }
        catch (SkippedException reason)
        {
            return [name, "", "", "", "left out: " + reason.Message, ""];
        }
    }

    private static async Task<double> PeakAsync(ChildProcessPeer peer, CancellationToken cancellationToken)
    {
        await using (peer)
        {
            await peer.PrepareAsync(cancellationToken);
            await peer.RunAsync(cancellationToken);
            return peer.PeakMegabytes();
        }
    }

    private static async Task<(double Peak, long Allocated)> RunChildAsync(string name, long rows, CancellationToken cancellationToken)
    {
        string[] arguments = [MemoryChild.Name, "--writer", name, "--rows", rows.ToString(CultureInfo.InvariantCulture)];
        var output = await ProgramRun.OutputAsync("dotnet", [typeof(MemoryBench).Assembly.Location, .. arguments], cancellationToken)
            ?? throw new SkippedException("its process failed");
        if (output.StartsWith("left out: ", StringComparison.Ordinal))
            throw new SkippedException(output["left out: ".Length..]);

        var words = output.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}

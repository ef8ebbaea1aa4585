using System.CommandLine;
using System.Globalization;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Bench.Writers;

namespace ExportFunctions.Bench.Memory;

/// <summary>One writer once in a fresh process, which says its peak in MB and what it allocated in bytes.</summary>
internal static class MemoryChild
{
    public const string Name = "memory-child";

    /// <summary>Instead of a writer: the rows are made and nothing is written.</summary>
    public const string Nothing = "nothing: the runtime and the rows";

    /// <summary>Few, so that the peak is the writer's.</summary>
    public const int DistinctRows = 4 * 1024;

    public static Command CreateCommand()
    {
        var writer = new Option<string>("--writer") { Required = true };
        var rows = new Option<long>("--rows") { Required = true };
        var command = new Command(Name, "One writer once, for the command memory.") { writer, rows };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(writer)!, parsed.GetValue(rows), cancellationToken));
        return command;
    }

    private static async Task RunAsync(string name, long rows, CancellationToken cancellationToken)
    {
        using var files = new BenchFolder();
        await using var writers = new WriterGroups(rows, DistinctRows, files);
        var contender = writers.OfFewRows.SelectMany(group => group.Contenders).FirstOrDefault(contender => contender.Name == name);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        try
        {
            if (contender is not null)
                await contender.RunAsync(cancellationToken);

            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Machine.PeakMegabytes("self"):0.0} {allocated}"));
        }
        catch (SkippedException reason)
        {
            Console.WriteLine($"left out: {reason.Message}");
        }
    }
}

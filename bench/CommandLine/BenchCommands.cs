using System.CommandLine;
using System.Diagnostics;
using ExportFunctions.Bench.EndToEnd;
using ExportFunctions.Bench.Http;
using ExportFunctions.Bench.Maintenance;
using ExportFunctions.Bench.Memory;
using ExportFunctions.Bench.Monitoring;
using ExportFunctions.Bench.Scale;
using ExportFunctions.Bench.Schedules;
using ExportFunctions.Bench.Sources;
using ExportFunctions.Bench.Start;
using ExportFunctions.Bench.Writers;

namespace ExportFunctions.Bench.CommandLine;

/// <summary>The command line.</summary>
internal static class BenchCommands
{
    private static readonly (string Name, string Description, Func<BenchSettings, CancellationToken, Task> Run)[] Benchmarks =
    [
        ("writers", "CSV, JSON Lines, Excel and PDF writers, ours and the peers', on the same rows in memory.", WritersBench.RunAsync),
        ("sources", "Reading SQLite and PostgreSQL, beside the drivers' own loops and the databases' own tools.", SourcesBench.RunAsync),
        (
            "end-to-end",
            "Exports through the API of a warm host into Azurite, beside the database's own CSV export.",
            EndToEndBench.RunAsync),
        (
            "scale",
            "A large export of each format in one piece, and in slices on one, two and four hosts, and what it asks of storage.",
            ScaleBench.RunAsync),
        ("memory", "Each writer in fresh processes: peak memory, and bytes allocated per 1,000 rows.", MemoryBench.RunAsync),
        (
            "exports",
            "All students in each format on a fresh host each, from request to success; --rows is the number of students.",
            ExportsBench.RunAsync),
        ("post", "How long POST /api/v1/exports takes to answer; --rows is the number of requests.", PostBench.RunAsync),
        (
            "pickup",
            "How long an export waits until a function runs it, on an idle and a busy host, and what an idle host costs; --rows is the"
                + " number of exports of the idle one.",
            PickupBench.RunAsync),
        ("start", "The processor time of a new process until it has answered its first POST /api/v1/exports.", StartBench.RunAsync),
        (
            "schedules",
            "One tick of the schedules' timer, with nothing due and with 1,000 due at once; --rows is the number of schedules that are"
                + " not due.",
            SchedulesBench.RunAsync),
        ("archive", "A cleanup that archives expired files of 30 KB to 20 MB; --rows is the number of files.", ArchiveBench.RunAsync),
        ("metrics", "GET /api/v1/performance over a week; --rows is the number of records.", MetricsBench.RunAsync),
    ];

    private static readonly Option<int?> Rows = new("--rows") { Description = "Rows of a full run; slow peers take a share." };
    private static readonly Option<int?> Rounds = new("--rounds") { Description = "Rounds that count, after one that warms up." };
    private static readonly Option<string[]> Only =
        new("--only") { Description = "Part of a contender's or group's name; may be repeated. Not filed.", DefaultValueFactory = _ => [] };
    private static readonly Option<int> Minutes =
        new("--minutes") { Description = "No further round begins after so long.", DefaultValueFactory = _ => 20 };
    private static readonly Option<string> Source =
        new("--source") { Description = "The database of end-to-end: postgres or sqlite.", DefaultValueFactory = _ => "postgres" };
    private static readonly Option<int> PerSecond =
        new("--per-second") { Description = "The requests a second of post and pickup.", DefaultValueFactory = _ => 20 };
    private static readonly Option<string?> Output =
        new("--output") { Description = "The folder results are filed below instead of bench/results." };

    public static Task<int> RunAsync(string[] arguments)
    {
        Source.AcceptOnlyFromAmong("postgres", "sqlite");
        var root = new RootCommand("Benchmarks of ExportFunctions beside its peers; docs/benchmarks.md says how to read them.");
        foreach (var (name, description, run) in Benchmarks)
            root.Add(Create(name, description, run));

        root.Add(Create("all", "Every benchmark, one after the other; end-to-end from both databases.", RunAllAsync));
        root.Add(MemoryChild.CreateCommand());
        return root.Parse(arguments).InvokeAsync();
    }

    private static Command Create(string name, string description, Func<BenchSettings, CancellationToken, Task> run)
    {
        var command = new Command(name, description) { Rows, Rounds, Only, Minutes, Source, PerSecond, Output };
        command.SetAction((parsed, cancellationToken) => run(
            new BenchSettings
            {
                Rows = parsed.GetValue(Rows),
                Rounds = parsed.GetValue(Rounds),
                Only = parsed.GetValue(Only)!,
                Limit = TimeSpan.FromMinutes(parsed.GetValue(Minutes)),
                Source = parsed.GetValue(Source)!,
                PerSecond = parsed.GetValue(PerSecond),
                Output = parsed.GetValue(Output),
                Begun = Stopwatch.GetTimestamp(),
            },
            cancellationToken));
        return command;
    }

    private static async Task RunAllAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        foreach (var (name, _, run) in Benchmarks)
        {
            // Requests, students, schedules, files and records are other numbers than rows.
            var own = settings with
            {
                Rows = name is "post" or "pickup" or "exports" or "schedules" or "archive" or "metrics" or "scale" ? null : settings.Rows,
                Begun = Stopwatch.GetTimestamp(),
            };
            await run(own, cancellationToken);
            if (name == "end-to-end")
                await run(
                    own with { Source = own.Source == "postgres" ? "sqlite" : "postgres", Begun = Stopwatch.GetTimestamp() },
                    cancellationToken);
        }
    }
}

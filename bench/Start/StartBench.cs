using System.Diagnostics;
using System.Net;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench.Start;

/// <summary>
/// The processor time from a process's start to its first answered <c>POST /api/v1/exports</c>: what the first user waits for on a plan
/// that scales to zero. The published app runs under a host that speaks the worker's protocol; the local host is a process of its own
/// anyway.
/// </summary>
internal static class StartBench
{
    private const string Body = """{"dataset":"courses","format":"csv","limit":10}""";

    private const int DefaultRounds = 10;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var stage = await AppStage.CreateAsync(students: 100, cancellationToken);
        using var files = new BenchFolder();
        var app = await stage.SettingsAsync("sqlite", cancellationToken);
        var contenders = new (string Name, string Project, Compilation Compilation, Func<string, Task<FirstAnswer>> Run)[]
        {
            ("published app", "functions", Compilation.Ahead, folder => MeasureWorkerAsync(folder, app, cancellationToken)),
            ("published app, compiled as it runs", "functions", Compilation.JustInTime,
                folder => MeasureWorkerAsync(folder, app, cancellationToken)),
            ("local host, published", "local", Compilation.Ahead, folder => MeasureLocalAsync(folder, app)),
            ("local host, compiled as it runs", "local", Compilation.JustInTime, folder => MeasureLocalAsync(folder, app)),
        };
        var chosen = contenders.Where(contender =>
            settings.Only.Count == 0
                || settings.Only.Any(part => contender.Name.Contains(part, StringComparison.OrdinalIgnoreCase))).ToList();
        var runs = new List<(string Name, Func<Task<FirstAnswer>> Run, List<FirstAnswer> Answers)>();
        foreach (var (name, project, compilation, run) in chosen)
        {
            var folder = await PublishedApp.CreateAsync(project, compilation, files, cancellationToken);
            runs.Add((name, () => run(folder), []));
        }

        var last = settings.Rounds ?? DefaultRounds;
        for (var round = 0; round <= last && (round <= 1 || Stopwatch.GetElapsedTime(settings.Begun) < settings.Limit); round++)
        {
            foreach (var (_, run, answers) in runs)
            {
                var answer = await run();
                if (round > 0)
                    answers.Add(answer);
            }
        }

        await ReportAsync(settings, runs.ConvertAll(run => (run.Name, (IReadOnlyList<FirstAnswer>)run.Answers)), cancellationToken);
    }

    private static async Task ReportAsync(
        BenchSettings settings, List<(string Name, IReadOnlyList<FirstAnswer> Answers)> results, CancellationToken cancellationToken)
    {
        var ours = results[0].Answers;
        var table = new ReportTable(
            "From process start to an answered POST", ["", "rounds", "processor s", "least", "most", "ratio", "seconds"]);
        foreach (var (name, answers) in results)
        {
            var times = answers.Select(answer => answer.ProcessorSeconds).ToList();
            table.Add(
                name,
                Figures.Count(answers.Count),
                Figures.Short(Standing.Median(times)),
                Figures.Short(times.Min()),
                Figures.Short(times.Max()),
                Figures.Short(Standing.Median(ours.Zip(times, (our, its) => its / our.ProcessorSeconds))),
                Figures.Short(Standing.Median(answers.Select(answer => answer.Seconds))));
        }

        var report = new Report("start", "A new process's first answer");
        report.Add(table);
        report.Note(
            "Processor time of the app's process alone, medians; ratio: how much of it the first row takes, times. "
            + "Azurite is up and its containers, queues and tables are there.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task<FirstAnswer> MeasureWorkerAsync(
        string folder, Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var options = new WorkerHostOptions { AppFolder = folder, Settings = settings, Queues = QueueListening.Off };
        await using var host = await WorkerHost.StartAsync(options, cancellationToken);
        using var client = new ExportClient(host.Url);
        await PostAsync(client);
        var answer = new FirstAnswer(host.Process.ProcessorTime.TotalSeconds, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        await host.KillAsync();
        return answer;
    }

    private static async Task<FirstAnswer> MeasureLocalAsync(string folder, Dictionary<string, string?> settings)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var host = HostProcess.Launch(settings, folder);
        while (!await TryPostAsync(host))
            await Task.Delay(10);

        return new FirstAnswer(host.ProcessorSeconds(), Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static async Task<bool> TryPostAsync(HostProcess host)
    {
        try
        {
            await PostAsync(host.Client);
            return true;
        }
        catch (HttpRequestException) when (!host.HasExited)
        {
            // Not listening yet.
            return false;
        }
    }

    private static async Task PostAsync(ExportClient client)
    {
        using var response = await client.PostAsync(Body);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException($"The host answered {response.StatusCode}.");
    }
}

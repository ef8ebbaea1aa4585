using System.Diagnostics;
using System.Text.Json;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Schedules.Timing;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Bench.Schedules;

/// <summary>
/// How long the timer's tick takes: with very many schedules of which none is due, and with very many that are due at once.
/// </summary>
internal static class SchedulesBench
{
    private const int Due = 1000;
    private const int Ticks = 5;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var idle = settings.Rows ?? 10_000;
        await using var stage = await AppStage.CreateAsync(students: 100, cancellationToken);
        var time = new AdjustableTime();
        await using var services = await stage.StartServicesAsync(time, cancellationToken);
        var tick = services.GetRequiredService<ScheduleTick>();
        var table = new ReportTable("One tick", ["schedules", "due", "started", "seconds"]);

        Progress.Say($"Making {idle:N0} schedules that are not due");
        await AddAsync(services, idle, time.GetUtcNow().AddDays(2), cancellationToken);
        await tick.RunAsync(cancellationToken);
        var seconds = new List<double>();
        for (var i = 0; i < Ticks; i++)
            seconds.Add((await TimeAsync(tick, cancellationToken)).Seconds);
        table.Add(Figures.Count(idle), "0", "0", Figures.Short(seconds.Order().ElementAt(Ticks / 2)));

        Progress.Say($"Making {Due:N0} schedules that are due at once");
        await AddAsync(services, Due, startsAt: null, cancellationToken);
        time.Ahead = TimeSpan.FromTicks(TimeSpan.TicksPerHour - (time.GetUtcNow().Ticks % TimeSpan.TicksPerHour));
        var (started, took) = await TimeAsync(tick, cancellationToken);
        table.Add(Figures.Count(idle + Due), Figures.Count(Due), Figures.Count(started), Figures.Short(took));

        var report = new Report("schedules", "One tick of the schedules' timer");
        report.Add(table);
        report.Note(
            "A started run has its job recorded, its message sent, its entry in the history, and its schedule moved on to its next"
                + " instant; the exports themselves are not run.",
            $"Azurite keeps the tables on the same machine. The tick without anything due is the median of {Ticks}.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task<(int Started, double Seconds)> TimeAsync(ScheduleTick tick, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var started = await tick.RunAsync(cancellationToken);
        return (started, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>Schedules that are due every hour.</summary>
    private static async Task AddAsync(ServiceProvider services, int count, DateTimeOffset? startsAt, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse("""{"dataset":"courses","format":"csv","limit":10}""");
        var export = services.GetRequiredService<ExportRequestReader>().Read(
            body.RootElement, formatParameter: null, RequestNames.Standard, new FieldErrors())
            ?? throw new InvalidOperationException("The request is not valid.");
        var request = new ScheduleRequest
        {
            Name = "Courses",
            Export = export,
            Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Hourly },
            StartsAt = startsAt,
        };
        var changes = services.GetRequiredService<ScheduleChanges>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (_, token) => await changes.CreateAsync(request, token));
    }
}

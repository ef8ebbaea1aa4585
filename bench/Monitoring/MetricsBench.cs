using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions;
using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Monitoring.Summaries;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Bench.Monitoring;

/// <summary>How long <c>GET /api/v1/performance</c> takes over a week of many records: six days that are summed up, and today.</summary>
internal static class MetricsBench
{
    private const int Days = 7;
    private const int LinesAtOnce = 4000;
    private const int WarmCalls = 10;

    private static readonly string[] Datasets = ["students", "courses", "grades", "enrolments"];
    private static readonly string[] Formats = ["excel", "csv", "pdf"];

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var records = settings.Rows ?? 1_000_000;
        await using var stage = await AppStage.CreateAsync(students: 1000, cancellationToken);
        var configured = await stage.SettingsAsync("sqlite", cancellationToken);
        await using var services = Services(configured);
        await new StorageSetup(
            services.GetRequiredService<StorageAccount>(),
            services.GetRequiredService<StorageClock>(),
            TimeProvider.System,
            NullLogger<StorageSetup>.Instance)
            .StartingAsync(cancellationToken);

        Progress.Say($"Writing {records:N0} records");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var bytes = 0L;
        for (var day = 0; day < Days; day++)
            bytes += await WriteDayAsync(
                services.GetRequiredService<IRecordFiles>(), today.AddDays(-day), records / Days, cancellationToken);

        Progress.Say($"Summing up the {Days - 1} days that are over");
        var begun = Stopwatch.GetTimestamp();
        await services.GetRequiredService<DaySummaries>().MakeAsync(cancellationToken);
        var made = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        await using var host = await stage.StartHostAsync("sqlite", cancellationToken);
        var before = host.PeakMegabytes();
        var first = await TimeAsync(host.Client, records / Days * Days, cancellationToken);
        var peak = host.PeakMegabytes();
        var later = new List<double>();
        for (var call = 0; call < WarmCalls; call++)
            later.Add(await TimeAsync(host.Client, records / Days * Days, cancellationToken));

        await using var another = await stage.StartHostAsync("sqlite", cancellationToken);
        var next = await TimeAsync(another.Client, records / Days * Days, cancellationToken);
        var table = new ReportTable("A week of records", ["records", "MB", "summaries made s", "first answer s", "another host's first s", "later answers s", "host before MB", "host peak MB"]);
        table.Add(
            Figures.Count(records),
            Figures.Short(bytes / 1e6),
            Figures.Short(made),
            Figures.Short(first),
            Figures.Short(next),
            Figures.Short(later.Order().ElementAt(WarmCalls / 2)),
            Figures.Short(before),
            Figures.Short(peak));
        var report = new Report("metrics", "GET /api/v1/performance over seven days");
        report.Add(table);
        report.Note(
            "Six days have summaries, and a seventh of the records is today's: the first answer reads them all, that of another host"
                + $" begins from what it left, later ones read only what was added. The later answers are the median of {WarmCalls}.",
            "Azurite keeps the records on the same machine.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task<double> TimeAsync(ExportClient client, long expected, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var answer = await client.Http.GetFromJsonAsync<JsonNode>("/api/v1/performance", cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var exports = answer!["totals"]!["exports"]!.GetValue<long>();
        return exports == expected ? seconds : throw new InvalidOperationException($"{exports} exports were counted, not {expected}.");
    }

    private static async Task<long> WriteDayAsync(IRecordFiles files, DateOnly day, int count, CancellationToken cancellationToken)
    {
        var random = new Random(day.DayNumber);
        var written = 0L;
        for (var done = 0; done < count; done += LinesAtOnce)
        {
            using var lines = new MemoryStream();
            for (var i = 0; i < Math.Min(LinesAtOnce, count - done); i++)
            {
                JsonSerializer.Serialize(lines, Record(day, random), MonitoringJson.Default.AttemptRecord);
                lines.WriteByte((byte)'\n');
            }

            if (await files.TryAppendAsync(RecordFiles.NameOf(day, 1), lines.ToArray(), written, cancellationToken) is not { } end)
                throw new InvalidOperationException("The records could not be written.");
            written = end.Bytes;
        }

        return written;
    }

    private static AttemptRecord Record(DateOnly day, Random random)
    {
        var (rows, seconds) = (random.Next(1, 200_000), Math.Round(Math.Exp(random.NextDouble() * 6) / 20, 4));
        return new AttemptRecord
        {
            ExportId = Guid.CreateVersion7(),
            Attempt = 1,
            Dataset = Datasets[random.Next(Datasets.Length)],
            Format = Formats[random.Next(Formats.Length)],
            Outcome = random.Next(100) == 0 ? AttemptOutcome.Failed : AttemptOutcome.Succeeded,
            StartedAt = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            EndedAt = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddSeconds(seconds),
            Rows = rows,
            Bytes = rows * 90L,
            QueueWaitSeconds = Math.Round(random.NextDouble(), 4),
            DurationSeconds = seconds,
            RowsPerSecond = Math.Round(rows / seconds, 1),
            SourceSeconds = Math.Round(seconds / 3, 4),
            WriterSeconds = Math.Round(seconds / 2, 4),
            PeakMemoryBytes = 150_000_000,
            Host = "worker-1",
        };
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExportFunctions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }
}

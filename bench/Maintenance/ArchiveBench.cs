using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Schedules;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Bench.Maintenance;

/// <summary>How long a cleanup takes that archives very many files, and the most memory its host has meanwhile.</summary>
internal static class ArchiveBench
{
    private const int Days = 5;

    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var files = settings.Rows ?? 10_000;
        await using var stage = await AppStage.CreateAsync(students: 100, cancellationToken);
        Progress.Say($"Making {files:N0} files that have expired");
        var bytes = 0L;
        await using (var services = await stage.StartServicesAsync(new AdjustableTime(), cancellationToken))
            bytes = await AddAsync(services, files, cancellationToken);

        await using var host = await stage.StartHostAsync("sqlite", cancellationToken);
        var before = host.PeakMegabytes();
        var begun = Stopwatch.GetTimestamp();
        var counts = await CleanUpAsync(host.Client.Http, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        var table = new ReportTable("One cleanup", ["files", "MB", "archived", "seconds", "files/s", "MB/s", "peak MB before", "peak MB"]);
        table.Add(
            Figures.Count(files),
            Figures.Short(bytes / 1e6),
            Figures.Count(counts["filesArchived"]!.GetValue<int>()),
            Figures.Short(seconds),
            Figures.Short(files / seconds),
            Figures.Short(bytes / 1e6 / seconds),
            Figures.Short(before),
            Figures.Short(host.PeakMegabytes()));
        var report = new Report("archive", "A cleanup that archives expired files");
        report.Add(table);
        report.Note(
            $"Of {Days} days; CSV of about 40 KB, workbooks of 60 KB, and one file in 1,000 of 20 MB, each with its manifest. Every entry"
                + " is read back before its original goes.",
            "Peak: the most memory the host ever had resident (VmHWM), before the cleanup and after. Azurite works on the same"
                + " processors.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static async Task<JsonNode> CleanUpAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var started = await http.PostAsync("/api/v1/maintenance/cleanup", content: null, cancellationToken);
        started.EnsureSuccessStatusCode();
        while (true)
        {
            var run = (await http.GetFromJsonAsync<JsonNode>(started.Headers.Location, cancellationToken))!;
            switch (run["status"]!.GetValue<string>())
            {
                case "succeeded":
                    return run["counts"]!;
                case "failed":
                    throw new InvalidOperationException(run["problem"]!.GetValue<string>());
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Succeeded exports of some days that are over, with their files.</summary>
    private static async Task<long> AddAsync(ServiceProvider services, int count, CancellationToken cancellationToken)
    {
        var (jobs, files) = (services.GetRequiredService<IExportJobStore>(), services.GetRequiredService<IExportFileStore>());
        var today = new DateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var bytes = 0L;
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (number, token) =>
        {
            var (content, name) = Content(number);
            var created = today.AddDays(-40 - (number % Days)).AddSeconds(number);
            var job = new ExportJob
            {
                Id = Guid.CreateVersion7(created),
                Status = ExportStatus.Queued,
                Dataset = "courses",
                Format = "csv",
                FileName = name,
                RequestJson = """{"dataset":"courses"}""",
                CreatedAt = created,
                EnqueuedAt = created,
                Attempt = 1,
            };
            await jobs.TryCreateAsync(job, token);
            await using var upload = files.OpenUpload(job, "text/csv");
            await upload.Output.WriteAsync(content, token);
            var published = await upload.FinishAsync(new FileContent(1, "schema", []), token);
            await upload.TryPublishAsync(published, token);
            await files.WriteManifestAsync(job, published, token);
            var stored = await jobs.FindAsync(job.Id, token) ?? throw new InvalidOperationException("The job is gone.");
            var file = new ExportFile(name, published.ContentType, published.Bytes, published.Sha256, created.AddDays(30));
            await jobs.TryUpdateAsync(stored with { Status = ExportStatus.Succeeded, FinishedAt = created, File = file }, token);
            await jobs.RemoveActiveAsync(job.Id, token);
            Interlocked.Add(ref bytes, published.Bytes);
        });
        return bytes;
    }

    private static (byte[] Content, string Name) Content(int number)
    {
        var random = new Random(number);
        if (number % 1000 == 999)
            return (Noise(random, 20_000_000), $"{number}.xlsx");
        if (number % 10 == 9)
            return (Noise(random, 60_000), $"{number}.xlsx");

        var text = new StringBuilder();
        for (var row = 0; text.Length < 40_000; row++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row},{random.Next():D8},Course {random.Next(1000)},{random.NextDouble():0.00},2026-03-14\r\n");
        return (Encoding.UTF8.GetBytes(text.ToString()), $"{number}.csv");
    }

    private static byte[] Noise(Random random, int bytes)
    {
        var noise = new byte[bytes];
        random.NextBytes(noise);
        return noise;
    }
}

using System.Diagnostics;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Tests.Schedules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Integration;

/// <summary>Schedules on real storage.</summary>
[Integration]
public sealed class ScheduledExportTests(AzuriteFixture azurite, SchoolFixture school, ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Schedule_MakesFilesUnattended_UntilItIsPaused()
    {
        await using var app = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));
        var changes = app.Services.GetRequiredService<ScheduleChanges>();
        var everySecond = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = "* * * * * *" };
        var request = Request(app.Services.GetRequiredService<ExportRequestReader>(), everySecond);
        var schedule = (await changes.CreateAsync(request, CancellationToken.None))!;

        var run = await WaitAsync(app, schedule.Id, found => found.Outcome == ScheduleRunOutcome.Succeeded);
        var file = await app.Client.DownloadAsync(run.JobId!.Value.ToString());
        await changes.PauseAsync(schedule.Id, CancellationToken.None);
        var paused = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None);

        Assert.NotEmpty(file);
        var history = await app.Services.GetRequiredService<IScheduleRunStore>().ListAsync(
            schedule.Id, 1000, continuationToken: null, CancellationToken.None);
        Assert.All(history.Runs, entry => Assert.True(entry.DueAt <= paused));
        Assert.Equal(history.Runs.Count, history.Runs.Select(entry => entry.DueAt).Distinct().Count());
    }

    [Fact]
    public async Task Tick_StartsAThousandOnce_WhenTwoHostsTickAtOnce()
    {
        const int Count = 1000;
        var time = new FakeTimeProvider(Start);
        var storage = azurite.NewAccount();
        await using var one = await TableWorld.StartAsync(storage, school.DatasetsFile, time);
        await using var other = await TableWorld.StartAsync(storage, school.DatasetsFile, time);
        var request = Request(one.Get<ExportRequestReader>(), new ScheduleTiming { Frequency = ScheduleFrequency.Hourly });
        var ids = new Guid[Count];
        await Parallel.ForAsync(0, Count, async (i, token) => ids[i] = (await one.Get<ScheduleChanges>().CreateAsync(request, token))!.Id);
        time.SetUtcNow(Start.AddMinutes(30));

        var begun = Stopwatch.GetTimestamp();
        var started = await Task.WhenAll(one.TickAsync(), other.TickAsync());
        output.WriteLine($"{Count} due schedules, two ticks at once: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");

        Assert.Equal(Count, started.Sum());
        Assert.Equal(Count, await one.Get<IExportQueue>().CountAsync(CancellationToken.None));
        Assert.Equal(0, await one.TickAsync());
        foreach (var id in ids.Where((_, index) => index % 20 == 0))
        {
            var run =
                Assert.Single((await one.Get<IScheduleRunStore>().ListAsync(id, 10, continuationToken: null, CancellationToken.None)).Runs);
            Assert.Equal(
                (Start.AddMinutes(30), ScheduleRunOutcome.Started, RunJobId.Of(id, run.DueAt)), (run.DueAt, run.Outcome, run.JobId));
            Assert.Equal(id, (await one.Get<IExportJobStore>().FindAsync(run.JobId!.Value, CancellationToken.None))!.ScheduleId);
            Assert.Equal(Start.AddMinutes(90), (await one.Get<IScheduleStore>().FindAsync(id, CancellationToken.None))!.NextDue);
        }
    }

    private static ScheduleRequest Request(ExportRequestReader reader, ScheduleTiming timing)
    {
        using var body = JsonDocument.Parse("""{"dataset":"courses","format":"csv","limit":3}""");
        return new ScheduleRequest
        {
            Name = "Courses",
            Timing = timing,
            Export = reader.Read(body.RootElement, formatParameter: null, RequestNames.Standard, new FieldErrors())!,
        };
    }

    private static async Task<ScheduleRun> WaitAsync(TestApp app, Guid id, Func<ScheduleRun, bool> until)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var history =
                await app.Services.GetRequiredService<IScheduleRunStore>().ListAsync(id, 1000, continuationToken: null, patience.Token);
            if (history.Runs.FirstOrDefault(until) is { } run)
                return run;

            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }
    }
}

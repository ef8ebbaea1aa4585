using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Summaries;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Monitoring.Summaries;

[Integration]
public sealed class DaySummariesTests(AzuriteFixture azurite)
{
    private static readonly DateOnly Yesterday = MetricsWorld.Today.AddDays(-1);

    private static PerformanceQuery Window { get; } = new(Yesterday, MetricsWorld.Today.AddDays(1));

    [Fact]
    public async Task Make_SumsUpEachDayThatIsOver_Once()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(Yesterday.AddDays(-1), record => record);
        await world.AddAsync(Yesterday, record => record, record => record);
        await world.AddAsync(MetricsWorld.Today, record => record);

        var made = await world.Get<DaySummaries>().MakeAsync(CancellationToken.None);
        var again = await world.Get<DaySummaries>().MakeAsync(CancellationToken.None);

        Assert.Equal((2, 0), (made, again));
        Assert.NotNull(await world.Files.FindEndAsync(SummaryStore.NameOf(Yesterday), CancellationToken.None));
        Assert.Null(await world.Files.FindEndAsync(SummaryStore.NameOf(MetricsWorld.Today), CancellationToken.None));
    }

    [Fact]
    public async Task Read_CountsEveryRecordOnce_WhereverItLies()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(Yesterday, record => record);
        await world.AddAsync(MetricsWorld.Today, record => record);
        var first = await ExportsAsync(world);

        // A late line in a day that is summed up, a second part of it, and more of today.
        await world.AddAsync(Yesterday, record => record);
        await world.AddAsync([MetricsWorld.Attempt(Yesterday)], part: 2);
        await world.AddAsync(MetricsWorld.Today, record => record, record => record);
        var second = await ExportsAsync(world);
        var third = await ExportsAsync(world);

        Assert.Equal((2, 6, 6), (first, second, third));
    }

    [Fact]
    public async Task Read_StoresTodaysSummary_WhenItReadMuch_AndAnotherHostGoesOnFromThere()
    {
        var storage = azurite.NewAccount();
        await using var world = await MetricsWorld.StartAsync(storage);
        await world.AddAsync([.. Enumerable.Range(0, 6000).Select(_ => MetricsWorld.Attempt(MetricsWorld.Today))]);
        await world.AddAsync([.. Enumerable.Range(0, 6000).Select(_ => MetricsWorld.Attempt(MetricsWorld.Today))]);
        var first = await ExportsAsync(world);
        await world.AddAsync(MetricsWorld.Today, record => record);

        await using var other = await MetricsWorld.StartAsync(storage);
        var ofAnother = await ExportsAsync(other);
        other.Time.Advance(TimeSpan.FromDays(1));

        Assert.NotNull(await world.Files.FindEndAsync(SummaryStore.NameOf(MetricsWorld.Today), CancellationToken.None));
        Assert.Equal((12_000, 12_001, 12_001), (first, ofAnother, await ExportsAsync(other)));
    }

    [Fact]
    public async Task Read_TakesTheRecords_WhenASummaryCannotBeRead()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(Yesterday, record => record);
        await world.Files.TryAppendAsync(SummaryStore.NameOf(Yesterday), """{"version":99}"""u8.ToArray(), 0, CancellationToken.None);

        Assert.Equal(1, await ExportsAsync(world));
    }

    [Fact]
    public async Task Read_GoesOn_AfterACallThatWasCutOff()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(MetricsWorld.Today, record => record);
        await ExportsAsync(world);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Get<PerformanceReader>().ReadAsync(Window, canceled.Token));

        Assert.Equal(1, await ExportsAsync(world));
    }

    [Fact]
    public async Task Records_OfALaterVersion_AreLeftOut()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(
            MetricsWorld.Today,
            record => record,
            record => record with { Version = 2 },
            record => record with { Outcome = AttemptOutcome.Failed, ErrorCode = "x" });

        Assert.Equal(2, await ExportsAsync(world));
    }

    private static async Task<long> ExportsAsync(MetricsWorld world) =>
        (await world.Get<PerformanceReader>().ReadAsync(Window, CancellationToken.None)).Totals.Exports;
}

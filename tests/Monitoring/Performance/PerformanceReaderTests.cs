using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Monitoring.Performance;

[Integration]
public sealed class PerformanceReaderTests(AzuriteFixture azurite)
{
    private static readonly DateOnly Today = MetricsWorld.Today;

    [Fact]
    public async Task Read_SumsUpTheWindow_AndTheOneBefore()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(Today.AddDays(-8), record => record with { DurationSeconds = 1, Rows = 500 });
        await world.AddAsync(Today.AddDays(-7), record => record with { DurationSeconds = 1, Rows = 500 });
        await world.AddAsync(
            Today.AddDays(-6),
            record => record with { DurationSeconds = 1 },
            record => record with { DurationSeconds = 3, Format = "pdf" },
            record => record with { Outcome = AttemptOutcome.Failed, ErrorCode = "attempts_exhausted", DurationSeconds = 90, Rows = 7 });
        await world.AddAsync(
            Today,
            record => record with { Dataset = "courses", DurationSeconds = 5, QueueWaitSeconds = 2 },
            record => record with { Outcome = AttemptOutcome.Retried, ErrorCode = "source_unavailable" },
            record => record with { Outcome = AttemptOutcome.Canceled, Attempt = 0, StartedAt = null });

        var summary = await world.Get<PerformanceReader>().ReadAsync(
            new PerformanceQuery(Today.AddDays(-6), Today.AddDays(1)), CancellationToken.None);

        Assert.Equal(
            (5, 3, 1, 1, 1),
            (summary.Totals.Exports, summary.Totals.Succeeded, summary.Totals.Failed, summary.Totals.Canceled, summary.Totals.Retried));
        Assert.Equal(
            (0.75, 3000, 3.0, 5.0),
            (summary.Totals.SuccessRate, summary.Totals.Rows, summary.Totals.DurationSeconds!.Mean, summary.Totals.DurationSeconds.Max));
        Assert.Equal(
            (2, 1000, 1.5, -0.25), (summary.Before.Exports, summary.Before.Rows, summary.Change.Exports, summary.Change.SuccessRate));
        Assert.Equal(["csv", "pdf"], summary.Formats.Select(format => format.Name));
        Assert.Equal([("courses", 1), ("students", 4)], summary.Datasets.Select(dataset => (dataset.Name, dataset.Figures.Exports)));
        Assert.Equal([3, 0, 0, 0, 0, 0, 2], summary.Days.Select(day => day.Figures.Exports));
        Assert.Equal([("attempts_exhausted", 1), ("source_unavailable", 1)], summary.Errors.Select(error => (error.Code, error.Attempts)));
    }

    [Fact]
    public async Task Read_TakesOneDatasetAndFormat_WhenAsked()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(
            Today, record => record, record => record with { Dataset = "courses" }, record => record with { Format = "pdf" });

        var summary = await world.Get<PerformanceReader>().ReadAsync(
            new PerformanceQuery(Today, Today.AddDays(1), "students", "pdf"), CancellationToken.None);

        Assert.Equal(1, summary.Totals.Exports);
        Assert.Equal("pdf", Assert.Single(summary.Formats).Name);
    }

    [Fact]
    public async Task Read_HasNothingToSay_WhereThereIsNothing()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());

        var summary = await world.Get<PerformanceReader>().ReadAsync(
            new PerformanceQuery(Today.AddDays(-6), Today.AddDays(1)), CancellationToken.None);

        Assert.Equal(
            (0, null, null, null),
            (summary.Totals.Exports, summary.Totals.SuccessRate, summary.Totals.DurationSeconds, summary.Change.Exports));
        Assert.Equal(7, summary.Days.Count);
    }

    [Fact]
    public async Task Slowest_AreThoseThatSucceeded_OfAllDays()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        for (var day = 0; day < 3; day++)
        {
            await world.AddAsync([.. Enumerable.Range(1, 60).Select(number =>
                MetricsWorld.Attempt(
                    Today.AddDays(-day),
                    record => record with { DurationSeconds = (number * 3) + day, Format = number % 2 == 0 ? "csv" : "pdf" }))]);
        }

        await world.AddAsync(Today, record => record with { Outcome = AttemptOutcome.Failed, DurationSeconds = 9999 });
        var query = new PerformanceQuery(Today.AddDays(-6), Today.AddDays(1));

        var slowest = await world.Get<PerformanceReader>().SlowestAsync(query, 5, CancellationToken.None);
        var ofPdf = await world.Get<PerformanceReader>().SlowestAsync(query with { Format = "pdf" }, 2, CancellationToken.None);

        Assert.Equal([182, 181, 180, 179, 178], slowest.Select(export => export.DurationSeconds));
        Assert.Equal([179, 178], ofPdf.Select(export => export.DurationSeconds));
    }
}

using System.IO.Pipelines;
using System.Text;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Reading;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Monitoring.Reading;

[Integration]
public sealed class RecordReaderTests(AzuriteFixture azurite)
{
    private static readonly DateOnly Today = MetricsWorld.Today;

    [Fact]
    public async Task List_GoesThroughAllRecords_PageByPage_OverDaysAndParts()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(
            [.. Enumerable.Range(0, 7).Select(n => MetricsWorld.Attempt(new DateOnly(2026, 7, 31), record => record with { Rows = n }))]);
        await world.AddAsync([.. Enumerable.Range(7, 7).Select(n => MetricsWorld.Attempt(Today, record => record with { Rows = n }))]);
        await world.AddAsync(
            [.. Enumerable.Range(14, 7).Select(n => MetricsWorld.Attempt(Today, record => record with { Rows = n }))], part: 2);

        var rows = new List<long>();
        RecordPlace? next = null;
        do
        {
            var page = await world.Get<RecordReader>().ListAsync(new RecordQuery(), 5, next, CancellationToken.None);
            rows.AddRange(page.Records.Select(record => record.Rows));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 21).Select(n => (long)n), rows);
    }

    [Fact]
    public async Task List_TakesWhatTheFiltersSay()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync(Today.AddDays(-1), record => record with { Rows = 1 });
        await world.AddAsync(
            Today,
            record => record with { Rows = 2, Dataset = "courses" },
            record => record with { Rows = 3, Format = "pdf" },
            record => record with { Rows = 4, Outcome = AttemptOutcome.Failed },
            record => record with { Rows = 5, EndedAt = Today.ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc) });

        Assert.Equal([2], await RowsAsync(world, new RecordQuery { Dataset = "courses" }));
        Assert.Equal([3], await RowsAsync(world, new RecordQuery { Format = "pdf" }));
        Assert.Equal([4], await RowsAsync(world, new RecordQuery { Outcome = AttemptOutcome.Failed }));
        Assert.Equal([5], await RowsAsync(world, new RecordQuery { From = new DateTimeOffset(2026, 9, 1, 10, 0, 0, TimeSpan.Zero) }));
        Assert.Equal([1], await RowsAsync(world, new RecordQuery { To = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero) }));
        Assert.Empty(await RowsAsync(world, new RecordQuery { From = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) }));
    }

    [Fact]
    public async Task Write_StreamsEveryLine_AsItIsKept()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.AddAsync([.. Enumerable.Range(0, 3000).Select(
            n => MetricsWorld.Attempt(Today, record => record with { Rows = n, Format = n % 3 == 0 ? "pdf" : "csv" }))]);
        using var output = new MemoryStream();
        var writer = PipeWriter.Create(output);

        var selection = await world.Get<RecordReader>().SelectAsync(new RecordQuery { Format = "pdf" }, CancellationToken.None);
        await selection.WriteAsync(writer, type: null, CancellationToken.None);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.Equal((1001, ""), (lines.Length, lines[^1]));
        Assert.All(lines.SkipLast(1), line => Assert.StartsWith("{\"version\":1,\"exportId\":", line, StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<long>> RowsAsync(MetricsWorld world, RecordQuery query) =>
        (await world.Get<RecordReader>().ListAsync(query, 500, after: null, CancellationToken.None)).Records.Select(record => record.Rows);
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Http;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Exports;

public sealed class ExportEventsTests
{
    private const int Streams = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly ExportsWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_OfAnExport_ShareItsReadings()
    {
        var job = await _world.SubmitAsync();
        var events = Events(Streams);
        var streams = Enumerable.Range(0, Streams).Select(_ => Follow(events, job)).ToList();
        foreach (var stream in streams)
            Assert.True(await stream.MoveNextAsync());

        var before = _world.Jobs.Found;
        var next = streams.Select(stream => stream.MoveNextAsync().AsTask()).ToList();
        _world.Jobs.Change(job.Id, found => found with { Status = ExportStatus.Canceled });
        _world.Time.Advance(Interval);

        Assert.All(await Task.WhenAll(next), Assert.True);
        Assert.All(streams, stream => Assert.Equal("done", stream.Current.EventType));
        Assert.Equal(1, _world.Jobs.Found - before);
        foreach (var stream in streams)
            Assert.False(await stream.MoveNextAsync());
    }

    [Fact]
    public async Task Streams_OfOtherExports_AreReadForThemselves()
    {
        var events = Events(Streams);
        var one = await _world.SubmitAsync();
        var other = await _world.SubmitAsync();
        var streams = new[] { Follow(events, one), Follow(events, other) };
        foreach (var stream in streams)
            Assert.True(await stream.MoveNextAsync());

        var next = streams.Select(stream => stream.MoveNextAsync().AsTask()).ToList();
        _world.Jobs.Change(one.Id, found => found with { Status = ExportStatus.Canceled });
        _world.Jobs.Remove(other.Id);
        _world.Time.Advance(Interval);

        Assert.All(await Task.WhenAll(next), Assert.True);
        Assert.Equal(["done", "deleted"], streams.Select(stream => stream.Current.EventType));
    }

    [Fact]
    public async Task TryOpen_GivesNone_WhenAsManyAreOpenAsMayBe()
    {
        var job = await _world.SubmitAsync();
        var events = Events(max: 2);
        var first = events.TryOpen(job.Id)!;
        using var second = events.TryOpen(Guid.CreateVersion7());

        Assert.NotNull(second);
        Assert.Null(events.TryOpen(job.Id));
        first.Dispose();
        first.Dispose();
        using var third = events.TryOpen(job.Id);
        Assert.NotNull(third);
        Assert.Null(events.TryOpen(job.Id));
    }

    private ExportEvents Events(int max) =>
        new(_world.Jobs.As(Fuse.Never), _world.Time, Options.Create(new HttpOptions { MaxEventStreams = max }));

    private static IAsyncEnumerator<System.Net.ServerSentEvents.SseItem<string>> Follow(ExportEvents events, ExportJob job) =>
        events.TryOpen(job.Id)!.FollowAsync(job, Cancel).GetAsyncEnumerator(Cancel);
}

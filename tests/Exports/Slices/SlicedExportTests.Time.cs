using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed partial class SlicedExportTests
{
    [Fact]
    public async Task Slice_HandsItsRestOver_WhenItsTimeIsOver()
    {
        // Two seconds a row, and three for a run: a range is written at a time.
        _world.Options.RunTime = TimeSpan.FromSeconds(3);
        _world.Source = new CountingSource(25)
        {
            BeforeRow = (_, cancellationToken) => Task.Delay(TimeSpan.FromSeconds(2), _world.Time, cancellationToken),
        };

        var done = await RunToTheEndAsync(_world);

        Assert.Equal(Whole, FileOf(_world, done.Id));
        Assert.EndsWith("-12", done.File!.Sha256, StringComparison.Ordinal);
        Assert.InRange(done.Attempt, 8, 12);
        Assert.Equal((0, 1), (done.FailedAttempts, _world.Slices.Partitionings));

        // Half a row a second by each of two workers at most: rows of the attempts before are not the last one's.
        Assert.InRange(done.RowsPerSecond, 0, 1.1);
    }

    [Fact]
    public async Task Slice_HandsItsRestOver_InTheMiddleOfARange_ThatTakesLong()
    {
        var world = SlowWorld();

        var done = await RunToTheEndAsync(world);

        Assert.Equal(SlowWhole, FileOf(world, done.Id));
        Assert.Equal([27, 30, 15, 9, 7], done.File!.SliceBytes!);
        Assert.Equal((0, 28L), (done.FailedAttempts, done.RowsExpected));
    }

    [Theory]
    [InlineData(10, 0, null)]
    [InlineData(13, 1, "source_too_slow")]
    public async Task Slice_IsTriedAgain_WhenTheHostEndsItsFunction_WhichCountsAgainstItWhenItWasLate(
        int seconds, int failedAttempts, string? error)
    {
        _world.Options.RunTime = TimeSpan.FromSeconds(9);
        _world.Options.SliceLeaseDuration = TimeSpan.FromMinutes(10);
        _world.Source = new CountingSource(25) { BeforeRow = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken) };
        using var stop = new CancellationTokenSource();
        var (_, leader) = await LeadAsync(_world, messages: 2, stop.Token);
        var other = _world.Slices.Processor().ProcessAsync(_world.Slices.Messages.First(), stop.Token);
        await WaitAsync(() => _world.Slices.Store.All[1].State == SliceState.Running);

        _world.Time.Advance(TimeSpan.FromSeconds(seconds));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        await Record.ExceptionAsync(() => RunAsync(_world, leader));

        var slice = _world.Slices.Store.All[1];
        Assert.Equal((SliceState.Waiting, failedAttempts, error), (slice.State, slice.FailedAttempts, slice.Error?.Code));
    }

    [Fact]
    public async Task Slice_IsGivenBack_WhenItHasWaitedForAllOfARunsTime()
    {
        var (leaders, others) = (new TaskCompletionSource(), new TaskCompletionSource());
        _world.Source =
            new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? leaders.Task : row == 11 ? others.Task : Task.CompletedTask };
        var host = _world.Slices.Processor();
        var (id, leader, messages, busy) = await BeginOnTwoAsync(host);

        var waiting = host.ProcessAsync(messages[1], CancellationToken.None);
        _world.Time.Advance(_world.Options.RunTime + TimeSpan.FromSeconds(1));
        others.SetResult();
        await RunAsync(_world, Task.WhenAll(waiting, busy));

        Assert.Equal((SliceState.Waiting, 0), (_world.Slices.Store.All[^1].State, _world.Slices.Store.All[^1].Claim));
        leaders.SetResult();
        await RunAsync(_world, leader);
        while (_world.Messages.TryDequeue(out var message))
            await RunAsync(_world, _world.Processor().ProcessAsync(message, CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, id));
    }

    /// <summary>Runs an export as often as it is handed over.</summary>
    private static async Task<ExportJob> RunToTheEndAsync(ExportsWorld world)
    {
        var job = await world.SubmitAsync();
        for (var runs = 0; runs < 20 && !world.Jobs[job.Id].Status.IsFinal(); runs++)
            await RunAsync(world, world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None));

        return world.Jobs[job.Id];
    }

    private static ExportsWorld SlowWorld()
    {
        // The source gives ten rows a second, and a run has half of one: each ten are one run's, and what is left of the first range
        // another one's.
        var world = World(cuts: [25]);
        world.Options.RunTime = TimeSpan.FromSeconds(0.45);
        world.Source = new CountingSource(28)
        {
            BeforeRow = (_, cancellationToken) => Task.Delay(TimeSpan.FromSeconds(0.1), world.Time, cancellationToken),
        };
        return world;
    }
}

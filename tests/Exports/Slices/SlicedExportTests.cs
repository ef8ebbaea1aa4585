using System.Text;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed class SlicedExportTests
{
    private static readonly string Whole = "begin\n" + string.Concat(Enumerable.Range(1, 25).Select(n => FormattableString.Invariant($"{n}\n"))) + "end 25\n";

    private readonly ExportsWorld _world = World();

    [Fact]
    public async Task Process_MakesOneFileOfAllSlices_InOrder()
    {
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        var done = _world.Jobs[job.Id];
        Assert.Equal((ExportStatus.Succeeded, 25L, 25L), (done.Status, done.RowsWritten, done.RowsExpected));
        Assert.EndsWith("-4", done.File!.Sha256, StringComparison.Ordinal);
        using var digest = new FileDigest(done.File.SliceBytes);
        digest.Append(Encoding.ASCII.GetBytes(Whole));
        Assert.Equal(digest.Finish(), done.File.Sha256);
        Assert.Empty(_world.Slices.Store.All);
    }

    [Fact]
    public async Task Process_SharesSlices_WithWhoeverTakesTheirMessages()
    {
        // Who holds the export waits at its first row until all others are done.
        var others = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? others.Task : Task.CompletedTask };
        var job = await _world.SubmitAsync();

        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
        while (_world.Slices.Messages.TryDequeue(out var message))
        {
            await RunAsync(_world, _world.Slices.Processor().ProcessAsync(message, CancellationToken.None));
            await _world.Slices.Processor().ProcessAsync(message, CancellationToken.None);
        }

        Assert.Equal([SliceState.Running, SliceState.Done, SliceState.Done], _world.Slices.Store.All.Select(slice => slice.State));
        others.SetResult();
        await RunAsync(_world, leader);

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal(11, _world.Source.Opened);
    }

    [Fact]
    public async Task Process_GivesASliceBack_WhenTheHostIsBusyAndAnotherOneWaits()
    {
        var stop = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row is 1 or 11 ? stop.Task : Task.CompletedTask };
        var job = await _world.SubmitAsync();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
        using var host = _world.Slices.Processor();
        var messages = _world.Slices.Messages.ToArray();
        var busy = host.ProcessOwnAsync(messages[0], _world.Time.GetTimestamp(), CancellationToken.None);
        await WaitAsync(() => _world.Slices.Store.All[1].State == SliceState.Running);

        var waiting = host.ProcessAsync(messages[1], CancellationToken.None);
        await host.ProcessAsync(messages[1], CancellationToken.None);

        Assert.False(waiting.IsCompleted);
        var back = _world.Slices.Store.All[2];
        Assert.Equal((SliceState.Waiting, null, true), (back.State, back.SentAt, back.RetryAt > _world.Time.GetUtcNow()));
        stop.SetResult();
        await RunAsync(_world, Task.WhenAll(leader, waiting, busy));
        Assert.Equal(Whole, FileOf(_world, job.Id));
    }

    [Fact]
    public async Task Host_WritesAsManySlicesAtATime_AsItIsTold()
    {
        var world = World(cuts: [.. Enumerable.Range(1, 24)]);
        world.Options.SlicesPerHost = 2;
        var stop = new TaskCompletionSource();
        world.Source = new CountingSource(25) { BeforeRow = (_, _) => stop.Task };
        var job = await world.SubmitAsync();
        var leader = world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None);
        await RunAsync(world, WaitAsync(() => world.Slices.Messages.Count == 4));
        using var host = world.Slices.Processor();
        var messages = world.Slices.Messages.ToArray();

        List<Task> underway = [.. messages.Take(3).Select(message => host.ProcessAsync(message, CancellationToken.None))];
        await WaitAsync(() => world.Slices.Store.All.Count(slice => slice.State == SliceState.Running) == 3);
        await host.ProcessAsync(messages[3], CancellationToken.None);

        Assert.All(underway, each => Assert.False(each.IsCompleted));
        Assert.Single(world.Slices.Store.All, slice => slice.State == SliceState.Waiting && slice.RetryAt is not null);
        stop.SetResult();
        await RunAsync(world, Task.WhenAll([leader, .. underway]));
        Assert.Equal(Whole, FileOf(world, job.Id));
    }

    [Fact]
    public async Task Process_SendsNoMoreThanAllowedAtATime()
    {
        var world = World(cuts: [.. Enumerable.Range(1, 24)]);
        world.Options.SlicesInFlight = 3;
        var stop = new TaskCompletionSource();
        world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? stop.Task : Task.CompletedTask };
        var job = await world.SubmitAsync();

        var leader = world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None);
        await RunAsync(world, Task.Delay(200));
        Assert.InRange(world.Slices.Messages.Count, 2, 3);
        stop.SetResult();
        await RunAsync(world, leader);

        Assert.Equal(Whole, FileOf(world, job.Id));
    }

    [Fact]
    public async Task Delete_LeavesNoSlice_OfAnExportThatRuns()
    {
        var stop = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? stop.Task : Task.CompletedTask };
        var job = await _world.SubmitAsync();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
        Assert.NotEmpty(_world.Slices.Store.All);

        Assert.True(await _world.Removal().DeleteAsync(job.Id, CancellationToken.None));
        Assert.Empty(_world.Slices.Store.All);
        stop.SetResult();
        await RunAsync(_world, leader);

        Assert.Empty(_world.Slices.Store.All);
        Assert.Empty(_world.Files.Files);
    }

    [Fact]
    public async Task Process_FailsTheExportWithTheSlicesReason_AndLeavesNothing()
    {
        _world.Source = new CountingSource(25) { FailAt = row => row == 15 ? ExportFailureException.Permanent("value_invalid", "The value of n in row 15 is no number.") : null };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        var failed = _world.Jobs[job.Id];
        Assert.Equal((ExportStatus.Failed, "value_invalid", "The value of n in row 15 is no number."), (failed.Status, failed.Error!.Code, failed.Error.Reason));
        Assert.Empty(_world.Files.Files);
        Assert.Empty(_world.Files.Staged);
        Assert.Empty(_world.Slices.Store.All);
    }

    [Fact]
    public async Task Process_TriesASliceAgain_WithoutTheOthers()
    {
        var faults = 3;
        _world.Source = new CountingSource(25) { FailAt = row => row == 15 && faults-- > 0 ? ExportFailureException.Transient("source_unavailable", "Away.") : null };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal((1, 17), (_world.Jobs[job.Id].Attempt, _world.Source.Opened));
    }

    [Fact]
    public async Task Process_TriesTheExportAgain_WhenASliceFailsTooOften_AndKeepsWhatIsWritten()
    {
        var faults = 5;
        _world.Source = new CountingSource(25) { FailAt = row => row == 15 && faults-- > 0 ? ExportFailureException.Transient("source_unavailable", "Away.") : null };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));
        Assert.Equal((ExportStatus.Queued, "source_unavailable"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal((2, 1, 21), (_world.Jobs[job.Id].Attempt, _world.Slices.Cut, _world.Source.Opened));
    }

    [Fact]
    public async Task Process_BeginsAnew_WhenBlocksAreGone()
    {
        // As after a week: what the first slices staged is forgotten when the last row is read.
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => { if (row == 25 && _world.Slices.Cut == 1) _world.Files.Staged.Clear(); return Task.CompletedTask; } };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));
        Assert.Equal((ExportStatus.Queued, "blocks_lost"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
        Assert.Empty(_world.Slices.Store.All);
        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal((2, 2), (_world.Jobs[job.Id].Attempt, _world.Slices.Cut));
    }

    [Fact]
    public async Task Slice_HandsItsRestOver_WhenItsTimeIsOver()
    {
        // Two seconds a row, and three for a run: a range is written at a time.
        _world.Options.RunTime = TimeSpan.FromSeconds(3);
        _world.Source = new CountingSource(25) { BeforeRow = (_, cancellationToken) => Task.Delay(TimeSpan.FromSeconds(2), _world.Time, cancellationToken) };
        var job = await _world.SubmitAsync();

        for (var runs = 0; runs < 20 && !_world.Jobs[job.Id].Status.IsFinal(); runs++)
            await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        var done = _world.Jobs[job.Id];
        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.EndsWith("-12", done.File!.Sha256, StringComparison.Ordinal);
        Assert.InRange(done.Attempt, 8, 12);
        Assert.Equal((0, 1), (done.FailedAttempts, _world.Slices.Cut));

        // Half a row a second by each of two workers at most: rows of the attempts before are not the last one's.
        Assert.InRange(done.RowsPerSecond, 0, 1.1);
    }

    [Fact]
    public async Task Slice_HandsItsRestOver_InTheMiddleOfARange_ThatTakesLong()
    {
        // The source gives ten rows in twenty seconds, and a run has nine: each ten is a run's, and what is left of the first range another one's.
        var world = World(cuts: [25]);
        world.Options.RunTime = TimeSpan.FromSeconds(9);
        world.Source = new CountingSource(28) { BeforeRow = (_, cancellationToken) => Task.Delay(TimeSpan.FromSeconds(2), world.Time, cancellationToken) };
        var job = await world.SubmitAsync();

        for (var runs = 0; runs < 20 && !world.Jobs[job.Id].Status.IsFinal(); runs++)
            await RunAsync(world, world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None));

        var done = world.Jobs[job.Id];
        Assert.Equal("begin\n" + string.Concat(Enumerable.Range(1, 28).Select(n => FormattableString.Invariant($"{n}\n"))) + "end 28\n", FileOf(world, job.Id));
        Assert.Equal([27, 30, 15, 9, 7], done.File!.SliceBytes!);
        Assert.Equal((0, 28L), (done.FailedAttempts, done.RowsExpected));
    }

    [Theory]
    [InlineData(10, 0, null)]
    [InlineData(13, 1, "source_too_slow")]
    public async Task Slice_IsTriedAgain_WhenTheHostEndsItsFunction_WhichCountsAgainstItWhenItWasLate(int seconds, int failedAttempts, string? error)
    {
        _world.Options.RunTime = TimeSpan.FromSeconds(9);
        _world.Options.SliceLeaseDuration = TimeSpan.FromMinutes(10);
        _world.Source = new CountingSource(25) { BeforeRow = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken) };
        await _world.SubmitAsync();
        using var stop = new CancellationTokenSource();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), stop.Token);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
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
    public async Task Export_Fails_WhenASlicesWorkersDieAgainAndAgain()
    {
        var leaders = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? leaders.Task : Task.CompletedTask };
        var job = await _world.SubmitAsync();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
        var dying = _world.Slices.Store.All[1];
        Assert.NotNull(await _world.Slices.Store.As(Fuse.Never).TryUpdateAsync(
            dying with { State = SliceState.Running, FailedAttempts = _world.Options.MaxAttempts, Error = ExportFailures.WorkerLost, LeaseUntil = _world.Time.GetUtcNow() }, CancellationToken.None));

        leaders.SetResult();
        await RunAsync(_world, leader);

        Assert.Equal((ExportStatus.Queued, "worker_lost"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
    }

    [Fact]
    public async Task Export_Fails_WhenItsSlicesAreTooMany()
    {
        var world = World(cuts: [.. Enumerable.Range(1, 2_900)]);
        world.Source = new CountingSource(2_901);
        var job = await world.SubmitAsync();

        await RunAsync(world, world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None));

        Assert.Equal((ExportStatus.Failed, "source_too_slow"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
        Assert.Empty(world.Slices.Store.All);
    }

    [Fact]
    public async Task Slice_IsGivenBack_WhenItHasWaitedForAllOfARunsTime()
    {
        var (leaders, others) = (new TaskCompletionSource(), new TaskCompletionSource());
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? leaders.Task : row == 11 ? others.Task : Task.CompletedTask };
        var job = await _world.SubmitAsync();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
        using var host = _world.Slices.Processor();
        var messages = _world.Slices.Messages.ToArray();
        var busy = host.ProcessOwnAsync(messages[0], _world.Time.GetTimestamp(), CancellationToken.None);
        await WaitAsync(() => _world.Slices.Store.All[1].State == SliceState.Running);

        var waiting = host.ProcessAsync(messages[1], CancellationToken.None);
        _world.Time.Advance(_world.Options.RunTime + TimeSpan.FromSeconds(1));
        others.SetResult();
        await RunAsync(_world, Task.WhenAll(waiting, busy));

        Assert.Equal((SliceState.Waiting, 0), (_world.Slices.Store.All[^1].State, _world.Slices.Store.All[^1].Claim));
        leaders.SetResult();
        await RunAsync(_world, leader);
        while (_world.Messages.TryDequeue(out var message))
            await RunAsync(_world, _world.Processor().ProcessAsync(message, CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
    }

    [Fact]
    public async Task Cancel_StopsEverySlice_WithinTwoSeconds()
    {
        _world.Source = new CountingSource(25) { BeforeRow = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken) };
        var job = await _world.SubmitAsync();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));
        var other = _world.Slices.Processor().ProcessAsync(_world.Slices.Messages.First(), CancellationToken.None);

        await _world.Removal().CancelAsync(job.Id, CancellationToken.None);
        var all = Task.WhenAll(leader, other);
        for (var beats = 0; beats < 4; beats++)
        {
            // Four heartbeats of the world's clock; however long the machine takes for each.
            _world.Time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(2)));
        }

        Assert.True(all.IsCompletedSuccessfully);

        Assert.Equal(ExportStatus.Canceled, _world.Jobs[job.Id].Status);
        Assert.Empty(_world.Files.Files);
        Assert.Empty(_world.Slices.Store.All);
    }

    [Fact]
    public async Task Slice_OfADeadWorker_IsWrittenByAnother()
    {
        var others = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? others.Task : Task.CompletedTask };
        var job = await _world.SubmitAsync();
        var leader = _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Messages.Count == 2));

        // It claims its slice, and dies with the first write after that.
        var fuse = new Fuse(4, FuseMoment.Before);
        await Record.ExceptionAsync(() => RunAsync(_world, _world.Slices.Processor(fuse).ProcessAsync(_world.Slices.Messages.First(), CancellationToken.None)));
        Assert.True(fuse.IsBlown);
        others.SetResult();
        await RunAsync(_world, leader);

        Assert.Equal(Whole, FileOf(_world, job.Id));
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Process_MakesTheFileOnce_WhereverTheWorkerDies(FuseMoment moment)
    {
        var deaths = 0;
        for (var step = 1; step <= 80; step++)
        {
            var world = World();
            var job = await world.SubmitAsync();
            var fuse = new Fuse(step, moment);

            await Record.ExceptionAsync(() => RunAsync(world, world.Processor(fuse).ProcessAsync(world.TakeMessage(), CancellationToken.None)));
            for (var round = 0; round < 20 && !world.Jobs[job.Id].Status.IsFinal(); round++)
            {
                world.Time.Advance(TimeSpan.FromMinutes(1));
                await world.Stale().RequeueAsync(CancellationToken.None);
                while (world.Messages.TryDequeue(out ExportMessage? message))
                    await RunAsync(world, world.Processor().ProcessAsync(message, CancellationToken.None));
            }

            await world.Stale().RequeueAsync(CancellationToken.None);
            Assert.Equal(ExportStatus.Succeeded, world.Jobs[job.Id].Status);
            Assert.Equal(Whole, FileOf(world, job.Id));
            Assert.Equal(1, world.Files.Publications);
            Assert.Empty(world.Slices.Store.All);
            if (!fuse.IsBlown)
                break;
            deaths++;
        }

        Assert.InRange(deaths, 15, 79);
    }

    private static ExportsWorld World(params IReadOnlyList<int> cuts)
    {
        var world = new ExportsWorld { Requests = ExportsWorld.Reader(new SlicedLinesFormat()) };
        world.Options.SlicesPerHost = 1;
        world.Slices.Cuts = cuts.Count == 0 ? [2, 5, 7, 10, 12, 15, 17, 20, 22, 24] : cuts;
        return world;
    }

    private static string FileOf(ExportsWorld world, Guid id) => Encoding.ASCII.GetString(world.Files.Files[id].Content);

    private static async Task WaitAsync(Func<bool> isReached)
    {
        while (!isReached())
            await Task.Delay(1);
    }

    /// <summary>Lets the world's clock run until a task is done.</summary>
    private static async Task RunAsync(ExportsWorld world, Task task)
    {
        for (var ticks = 0; !task.IsCompleted; ticks++)
        {
            Assert.InRange(ticks, 0, 5000);
            world.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(2));
        }

        await task;
    }
}

using System.Text;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed partial class SlicedExportTests
{
    private static readonly string Whole = Lines(25);

    private static readonly string SlowWhole = Lines(28);

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
        var (id, leader) = await LeadAsync(_world, messages: 2);
        while (_world.Slices.Messages.TryDequeue(out var message))
        {
            await RunAsync(_world, _world.Slices.Processor().ProcessAsync(message, CancellationToken.None));
            await _world.Slices.Processor().ProcessAsync(message, CancellationToken.None);
        }

        Assert.Equal([SliceState.Running, SliceState.Done, SliceState.Done], _world.Slices.Store.All.Select(slice => slice.State));
        others.SetResult();
        await RunAsync(_world, leader);

        Assert.Equal(Whole, FileOf(_world, id));
        Assert.Equal(11, _world.Source.Opened);
    }

    [Fact]
    public async Task Process_GivesASliceBack_WhenTheHostIsBusyAndAnotherOneWaits()
    {
        var stop = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row is 1 or 11 ? stop.Task : Task.CompletedTask };
        var host = _world.Slices.Processor();
        var (id, leader, messages, busy) = await BeginOnTwoAsync(host);

        var waiting = host.ProcessAsync(messages[1], CancellationToken.None);
        await host.ProcessAsync(messages[1], CancellationToken.None);

        Assert.False(waiting.IsCompleted);
        var back = _world.Slices.Store.All[2];
        Assert.Equal((SliceState.Waiting, null, true), (back.State, back.SentAt, back.RetryAt > _world.Time.GetUtcNow()));
        stop.SetResult();
        await RunAsync(_world, Task.WhenAll(leader, waiting, busy));
        Assert.Equal(Whole, FileOf(_world, id));
    }

    [Fact]
    public async Task Host_WritesAsManySlicesAtATime_AsItIsTold()
    {
        var world = World(cuts: [.. Enumerable.Range(1, 24)]);
        world.Options.SlicesPerHost = 2;
        var stop = new TaskCompletionSource();
        world.Source = new CountingSource(25) { BeforeRow = (_, _) => stop.Task };
        var (id, leader) = await LeadAsync(world, messages: 4);
        var host = world.Slices.Processor();
        var messages = world.Slices.Messages.ToArray();

        List<Task> underway = [.. messages.Take(3).Select(message => host.ProcessAsync(message, CancellationToken.None))];
        await WaitAsync(() => world.Slices.Store.All.Count(slice => slice.State == SliceState.Running) == 3);
        await host.ProcessAsync(messages[3], CancellationToken.None);

        Assert.All(underway, each => Assert.False(each.IsCompleted));
        Assert.Single(world.Slices.Store.All, slice => slice.State == SliceState.Waiting && slice.RetryAt is not null);
        stop.SetResult();
        await RunAsync(world, Task.WhenAll([leader, .. underway]));
        Assert.Equal(Whole, FileOf(world, id));
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
        var (id, leader) = await LeadAsync(_world, messages: 2);
        Assert.NotEmpty(_world.Slices.Store.All);

        Assert.True(await _world.Removal().DeleteAsync(id, CancellationToken.None));
        Assert.Empty(_world.Slices.Store.All);
        stop.SetResult();
        await RunAsync(_world, leader);

        Assert.Empty(_world.Slices.Store.All);
        Assert.Empty(_world.Files.Files);
    }

    [Fact]
    public async Task Cancel_StopsEverySlice_WithinTwoSeconds()
    {
        _world.Source = new CountingSource(25) { BeforeRow = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken) };
        var (id, leader) = await LeadAsync(_world, messages: 2);
        var other = _world.Slices.Processor().ProcessAsync(_world.Slices.Messages.First(), CancellationToken.None);

        await _world.Removal().CancelAsync(id, CancellationToken.None);
        var all = Task.WhenAll(leader, other);
        for (var beats = 0; beats < 4; beats++)
        {
            // Four heartbeats of the world's clock; however long the machine takes for each.
            _world.Time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(2)));
        }

        Assert.True(all.IsCompletedSuccessfully);

        Assert.Equal(ExportStatus.Canceled, _world.Jobs[id].Status);
        Assert.Empty(_world.Files.Files);
        Assert.Empty(_world.Slices.Store.All);
    }

    /// <summary>An export that a worker has begun to lead, and has sent so many of its slices to others.</summary>
    private static async Task<(Guid Id, Task Leader)> LeadAsync(ExportsWorld world, int messages, CancellationToken stop = default)
    {
        var job = await world.SubmitAsync();
        var leader = world.Processor().ProcessAsync(world.TakeMessage(), stop);
        await RunAsync(world, WaitAsync(() => world.Slices.Messages.Count == messages));
        return (job.Id, leader);
    }

    /// <summary>An export of which one worker writes the first slice, as it leads it, and a host the next one; the third waits.</summary>
    private async Task<(Guid Id, Task Leader, SliceMessage[] Messages, Task Busy)> BeginOnTwoAsync(SliceProcessor host)
    {
        var (id, leader) = await LeadAsync(_world, messages: 2);
        var messages = _world.Slices.Messages.ToArray();
        var busy = host.ProcessOwnAsync(messages[0], _world.Time.GetTimestamp(), CancellationToken.None);
        await WaitAsync(() => _world.Slices.Store.All[1].State == SliceState.Running);

        return (id, leader, messages, busy);
    }

    private static ExportsWorld World(params IReadOnlyList<int> cuts)
    {
        var world = new ExportsWorld { Requests = ExportsWorld.Reader(new SlicedLinesFormat()) };
        world.Options.SlicesPerHost = 1;
        world.Slices.Boundaries = cuts.Count == 0 ? [2, 5, 7, 10, 12, 15, 17, 20, 22, 24] : cuts;
        return world;
    }

    private static string Lines(int count) => "begin\n" + string.Concat(
        Enumerable.Range(1, count).Select(n => FormattableString.Invariant($"{n}\n"))) + FormattableString.Invariant($"end {count}\n");

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

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;

namespace ExportFunctions.Tests.Exports.Turns;

public sealed class ExportTurnsTests
{
    private const string Small = """{"dataset":"numbers","limit":5}""";
    private const string Large = """{"dataset":"numbers"}""";

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly ExportsWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMessage_RunsItsOwnExport_WhenNothingHasToWait()
    {
        await _world.SubmitAsync(caller: "a");
        var second = await _world.SubmitAsync(caller: "b");

        await _world.Turns().ProcessAsync(new ExportMessage(second.Id), TimeSpan.Zero, Cancel);

        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[second.Id].Status);
    }

    [Fact]
    public async Task Callers_TakeTurns_AndEachExportRunsOnce()
    {
        var flood = new List<ExportJob>();
        for (var count = 0; count < 20; count++)
        {
            flood.Add(await _world.SubmitAsync(json: Small, caller: "flood"));
            _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await TakeAsync();
        var first = await _world.SubmitAsync(json: Small, caller: "other");
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        var second = await _world.SubmitAsync(json: Small, caller: "other");
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync();
        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[first.Id].Status);
        await TakeAsync();
        await TakeAsync();
        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[second.Id].Status);
        Assert.Equal(2, flood.Count(job => _world.Jobs[job.Id].Status == ExportStatus.Succeeded));

        while (!_world.Messages.IsEmpty)
            await TakeAsync();
        Assert.All(flood, job => Assert.Equal((ExportStatus.Succeeded, 1), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Attempt)));
        Assert.Equal(22, _world.Files.Publications);
    }

    [Fact]
    public async Task SmallExports_OvertakeLargeOnes_OfTheSameCaller()
    {
        _world.Options.LargeRows = 10;
        var large = new List<ExportJob>();
        for (var count = 0; count < 5; count++)
            large.Add(await _world.SubmitAsync(json: Large, caller: "a"));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var small = await _world.SubmitAsync(json: Small, caller: "a");

        await TakeAsync();

        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[small.Id].Status);
        Assert.All(large, job => Assert.Equal(ExportStatus.Queued, _world.Jobs[job.Id].Status));
    }

    [Fact]
    public async Task Places_AreKeptForSmallExports_WhileLargeOnesRun()
    {
        var release = new TaskCompletionSource();
        _world.Options.LargeRows = 10;
        _world.Source = new CountingSource(25) { BeforeRow = (_, token) => release.Task.WaitAsync(token) };
        for (var count = 0; count < 4; count++)
            await _world.SubmitAsync(json: Large, caller: "a");

        // Two run; the others' messages wait, and take up the small export that comes.
        var turns = _world.Turns();
        Task[] running =
        [
            turns.ProcessAsync(_world.TakeMessage(), TimeSpan.Zero, Cancel),
            turns.ProcessAsync(_world.TakeMessage(), TimeSpan.Zero, Cancel)
        ];
        var held = turns.ProcessAsync(_world.TakeMessage(), Long, Cancel);
        Assert.False(held.IsCompleted);
        var small = await _world.SubmitAsync(json: Small, caller: "b");
        for (var looks = 0; looks < 1_000 && !held.IsCompleted; looks++)
        {
            _world.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(2, Cancel);
        }

        await held;
        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[small.Id].Status);
        Assert.Equal(3, _world.Messages.Count);
        Assert.All(running, run => Assert.False(run.IsCompleted));
        release.SetResult();
        await Task.WhenAll(running);
        while (!_world.Messages.IsEmpty)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(6));
            await TakeAsync();
        }

        Assert.Equal(5, _world.Files.Publications);
    }

    [Fact]
    public async Task AMessage_ReturnsToTheQueue_WhenLargeExportsAloneAreWaiting()
    {
        var release = new TaskCompletionSource();
        _world.Options.LargeRows = 10;
        _world.Options.MaxLargeAtATime = 1;
        _world.Source = new CountingSource(25) { BeforeRow = (_, token) => release.Task.WaitAsync(token) };
        await _world.SubmitAsync(json: Large, caller: "a");
        var waiting = await _world.SubmitAsync(json: Large, caller: "a");
        var running = _world.Turns().ProcessAsync(_world.TakeMessage(), TimeSpan.Zero, Cancel);

        var held = _world.Turns().ProcessAsync(_world.TakeMessage(), TimeSpan.Zero, Cancel);
        for (var looks = 0; looks < 1_000 && !held.IsCompleted; looks++)
        {
            _world.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(2, Cancel);
        }

        await held;
        Assert.Equal(waiting.Id, _world.TakeMessage().JobId);
        release.SetResult();
        await running;
    }

    [Fact]
    public async Task AMessage_IsDropped_WhenItsExportHasRun_AndNoneIsWaiting()
    {
        var job = await _world.SubmitAsync(caller: "a");
        await TakeAsync();

        await _world.Turns().ProcessAsync(new ExportMessage(job.Id), Long, Cancel);

        Assert.Equal(1, _world.Files.Publications);
        Assert.Empty(_world.Messages);
    }

    [Fact]
    public async Task AMessage_RunsItsOwnExport_WhenThatWasPassedByAMomentAgo()
    {
        var job = await _world.SubmitAsync(caller: "a");
        _world.Jobs.Change(
            job.Id, stored => stored with
            {
                Status = ExportStatus.Running,
                LeaseOwner = "other",
                LeaseUntil = _world.Time.GetUtcNow().AddMinutes(1)
            });
        await _world.Turns().ProcessAsync(new ExportMessage(Guid.CreateVersion7()), Long, Cancel);
        _world.Jobs.Change(job.Id, stored => stored with { Status = ExportStatus.Queued, LeaseOwner = null, LeaseUntil = null });

        await TakeAsync();

        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[job.Id].Status);
    }

    [Fact]
    public async Task AMessage_RunsItsOwnExport_WhenThatIsTriedAgain()
    {
        var job = await _world.SubmitAsync(caller: "a");
        _world.Jobs.Change(job.Id, stored => stored with { Retries = 1, RetryAt = _world.Time.GetUtcNow().AddMilliseconds(400) });

        await TakeAsync();

        Assert.Equal(ExportStatus.Succeeded, _world.Jobs[job.Id].Status);
    }

    private Task TakeAsync() => _world.Turns().ProcessAsync(_world.TakeMessage(), Long, Cancel);
}

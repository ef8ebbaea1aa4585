using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed partial class SlicedExportTests
{
    [Fact]
    public async Task Export_Fails_WhenASlicesWorkersDieAgainAndAgain()
    {
        var leaders = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? leaders.Task : Task.CompletedTask };
        var (id, leader) = await LeadAsync(_world, messages: 2);
        var dying = _world.Slices.Store.All[1];
        Assert.NotNull(await _world.Slices.Store.As(Fuse.Never).TryUpdateAsync(
            dying with
            {
                State = SliceState.Running,
                FailedAttempts = _world.Options.MaxAttempts,
                Error = ExportFailures.WorkerLost,
                LeaseUntil = _world.Time.GetUtcNow(),
            },
            CancellationToken.None));

        leaders.SetResult();
        await RunAsync(_world, leader);

        Assert.Equal((ExportStatus.Queued, "worker_lost"), (_world.Jobs[id].Status, _world.Jobs[id].Error!.Code));
    }

    [Fact]
    public async Task Slice_OfADeadWorker_IsWrittenByAnother()
    {
        var others = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? others.Task : Task.CompletedTask };
        var (id, leader) = await LeadAsync(_world, messages: 2);

        // It claims its slice, and dies before it writes anything.
        var fuse = Fuse.Before("ReadPreparationAsync");
        await Record.ExceptionAsync(
            () => RunAsync(_world, _world.Slices.Processor(fuse).ProcessAsync(_world.Slices.Messages.First(), CancellationToken.None)));
        Assert.True(fuse.IsBlown);
        others.SetResult();
        await RunAsync(_world, leader);

        Assert.Equal(Whole, FileOf(_world, id));
    }

    [Exhaustive]
    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal Task Process_MakesTheFileOnce_WhereverTheWorkerDies(FuseMoment moment) => DieAtEachStepAsync(moment, () => World(), Whole);

    [Exhaustive]
    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal Task Process_MakesTheFileOnce_WhereverTheWorkerDies_WhoseRestIsHandedOver(FuseMoment moment) =>
        DieAtEachStepAsync(moment, SlowWorld, SlowWhole);

    private static Task DieAtEachStepAsync(FuseMoment moment, Func<ExportsWorld> makeWorld, string whole) =>
        Deaths.AtEachStepAsync(moment, min: 15, max: 79, async fuse =>
        {
            var world = makeWorld();
            var job = await world.SubmitAsync();

            await Record.ExceptionAsync(
                () => RunAsync(world, world.Processor(fuse).ProcessAsync(world.TakeMessage(), CancellationToken.None)));
            for (var round = 0; round < 20 && !world.Jobs[job.Id].Status.IsFinal(); round++)
            {
                world.Time.Advance(TimeSpan.FromMinutes(1));
                await world.Stale().RequeueAsync(CancellationToken.None);
                while (world.Messages.TryDequeue(out ExportMessage? message))
                    await RunAsync(world, world.Processor().ProcessAsync(message, CancellationToken.None));
            }

            await world.Stale().RequeueAsync(CancellationToken.None);
            Assert.Equal(ExportStatus.Succeeded, world.Jobs[job.Id].Status);
            Assert.Equal(whole, FileOf(world, job.Id));
            Assert.Equal(1, world.Files.Publications);
            Assert.Empty(world.Slices.Store.All);
        });
}

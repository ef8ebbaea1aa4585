using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed partial class SlicedExportTests
{
    [Fact]
    public async Task Process_FailsTheExportWithTheSlicesReason_AndLeavesNothing()
    {
        _world.Source = new CountingSource(25)
        {
            FailAt = row => row == 15 ? ExportFailureException.Permanent("value_invalid", "The value of n in row 15 is no number.") : null,
        };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        var failed = _world.Jobs[job.Id];
        Assert.Equal(
            (ExportStatus.Failed, "value_invalid", "The value of n in row 15 is no number."),
            (failed.Status, failed.Error!.Code, failed.Error.Reason));
        Assert.Empty(_world.Files.Files);
        Assert.Empty(_world.Files.Staged);
        Assert.Empty(_world.Slices.Store.All);
    }

    [Fact]
    public async Task Process_TriesASliceAgain_WithoutTheOthers()
    {
        var faults = 3;
        _world.Source = new CountingSource(25)
        {
            FailAt = row => row == 15 && faults-- > 0 ? ExportFailureException.Transient("source_unavailable", "Away.") : null,
        };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal((1, 17), (_world.Jobs[job.Id].Attempt, _world.Source.Opened));
    }

    [Fact]
    public async Task Process_TriesTheExportAgain_WhenASliceFailsTooOften_AndKeepsWhatIsWritten()
    {
        var faults = 5;
        _world.Source = new CountingSource(25)
        {
            FailAt = row => row == 15 && faults-- > 0 ? ExportFailureException.Transient("source_unavailable", "Away.") : null,
        };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));
        Assert.Equal((ExportStatus.Queued, "source_unavailable"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal((2, 1, 21), (_world.Jobs[job.Id].Attempt, _world.Slices.Partitionings, _world.Source.Opened));
    }

    [Fact]
    public async Task Process_BeginsAnew_WhenBlocksAreGone()
    {
        // As after a week: what the first slices staged is forgotten when the last row is read.
        _world.Source = new CountingSource(25)
        {
            BeforeRow = (row, _) =>
            {
                if (
            row == 25 && _world.Slices.Partitionings == 1) _world.Files.Staged.Clear(); return Task.CompletedTask;
            }
        };
        var job = await _world.SubmitAsync();

        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));
        Assert.Equal((ExportStatus.Queued, "blocks_lost"), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Error!.Code));
        Assert.Empty(_world.Slices.Store.All);
        await RunAsync(_world, _world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(_world, job.Id));
        Assert.Equal((2, 2), (_world.Jobs[job.Id].Attempt, _world.Slices.Partitionings));
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
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Tests.Exports.Hosts;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>Slices whose messages meet hosts with other datasets.</summary>
public sealed partial class SlicedExportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slice_IsPassedOnUnread_ByAHostWithOtherDatasets(bool isAnotherSource)
    {
        var stop = new TaskCompletionSource();
        _world.Source = new CountingSource(25) { BeforeRow = (row, _) => row == 1 ? stop.Task : Task.CompletedTask };
        var (id, leader) = await LeadAsync(_world, messages: 2);
        _world.Requests = Catalogs.Reader(isAnotherSource ? Catalogs.Elsewhere : Catalogs.Edited, new SlicedLinesFormat());
        var other = _world.Slices.Processor();
        var opened = _world.Source.Opened;

        for (var pass = 0; pass < 6 && _world.Slices.Messages.TryDequeue(out var message); pass++)
            await other.ProcessAsync(message, CancellationToken.None);

        Assert.Equal([3, 3], _world.Slices.Messages.Select(message => message.Passed));
        Assert.Equal(opened, _world.Source.Opened);
        Assert.Equal([(0, 0), (0, 0)], _world.Slices.Store.All.Skip(1).Select(slice => (slice.Claim, slice.FailedAttempts)));
        stop.SetResult();
        await RunAsync(_world, leader);
        Assert.Equal(Whole, FileOf(_world, id));
    }

    [Fact]
    public async Task Export_IsCutAnew_WhenTheHostThatTakesItUpHasAnotherDefinition()
    {
        using var stop = new CancellationTokenSource();
        var isHeld = true;
        _world.Source = new CountingSource(25)
        {
            BeforeRow = (row, token) => isHeld && row == 6 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask,
        };
        var (id, leader) = await LeadAsync(_world, messages: 2, stop.Token);
        await RunAsync(_world, WaitAsync(() => _world.Slices.Store.All.Any(slice => slice.State == SliceState.Running)));
        var before = _world.Slices.Store.All[0].CheckedAgainst;
        await stop.CancelAsync();
        await Record.ExceptionAsync(() => RunAsync(_world, leader));

        isHeld = false;
        _world.Requests = Catalogs.Reader(Catalogs.Edited, new SlicedLinesFormat());
        _world.Source = new CountingSource(25);
        var again = _world.Processor().ProcessAsync(new(id), CancellationToken.None);
        await RunAsync(_world, again);

        Assert.NotEqual(before, Catalogs.Edited.IdentityOf(Catalogs.Edited.Datasets[0]).Key);
        Assert.Equal((ExportStatus.Succeeded, 2), (_world.Jobs[id].Status, _world.Slices.Partitionings));
        Assert.Equal(Whole, FileOf(_world, id));
    }
}

using System.Text;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>Exports in slices that show one moment of the database.</summary>
public sealed class SnapshotExportTests
{
    private const string Request = """{"dataset":"numbers","snapshot":true}""";

    private static readonly string Whole =
        "begin\n" + string.Concat(Enumerable.Range(1, 25).Select(n => FormattableString.Invariant($"{n}\n"))) + "end 25\n";

    private readonly ExportsWorld _world = World();

    [Fact]
    public async Task Slices_AreReadFromOneSnapshot_ThatIsLetGoAtTheEnd()
    {
        var job = await _world.SubmitAsync(json: Request);

        await RunAsync(_world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal(Whole, FileOf(job));
        Assert.Equal(["snapshot-1"], _world.Source.Snapshots.Distinct());
        Assert.Equal([false], _world.Slices.Snapshots.Values);
    }

    [Fact]
    public async Task File_IsWrittenInOnePiece_WhereASourceHasNoSnapshots()
    {
        _world.Slices.HasSnapshots = false;
        var job = await _world.SubmitAsync(json: Request);

        await RunAsync(_world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal((ExportStatus.Succeeded, null), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].File!.SliceBytes));
        Assert.Empty(_world.Slices.Store.All);
    }

    [Fact]
    public async Task Export_BeginsAgainWithANewSnapshot_WhenTheOneItHadIsLost()
    {
        // The connection of the snapshot breaks off in the middle.
        var breaks = true;
        _world.Source = new CountingSource(25)
        {
            BeforeRow = async (row, cancellationToken) =>
            {
                if (row == 14 && breaks)
                {
                    breaks = false;
                    _world.Slices.Snapshots["snapshot-1"] = false;
                    await Task.Delay(TimeSpan.FromMinutes(1), _world.Time, cancellationToken);
                }
            },
        };
        var job = await _world.SubmitAsync(json: Request);

        await Record.ExceptionAsync(() => RunAsync(_world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None)));
        var failed = _world.Jobs[job.Id];
        for (var round = 0; round < 20 && !_world.Jobs[job.Id].Status.IsFinal(); round++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await _world.Stale().RequeueAsync(CancellationToken.None);
            while (_world.Messages.TryDequeue(out var message))
                await RunAsync(_world.Processor().ProcessAsync(message, CancellationToken.None));
        }

        Assert.Equal("snapshot_lost", failed.Error?.Code);
        Assert.Equal(Whole, FileOf(job));
        Assert.Equal(2, _world.Slices.Partitionings);
        Assert.Equal([false, false], _world.Slices.Snapshots.Values);
        Assert.Empty(_world.Slices.Store.All);
    }

    [Fact]
    public async Task Leader_DoesNotHandOver_WhileItHoldsASnapshot()
    {
        _world.Options.RunTime = TimeSpan.FromSeconds(3);
        _world.Source = new CountingSource(25)
        {
            BeforeRow = (_, cancellationToken) => Task.Delay(TimeSpan.FromSeconds(2), _world.Time, cancellationToken),
        };
        var job = await _world.SubmitAsync(json: Request);

        await RunAsync(_world.Processor().ProcessAsync(_world.TakeMessage(), CancellationToken.None));

        Assert.Equal((ExportStatus.Succeeded, 1), (_world.Jobs[job.Id].Status, _world.Jobs[job.Id].Attempt));
        Assert.Equal(Whole, FileOf(job));
    }

    private static ExportsWorld World()
    {
        var world = new ExportsWorld { Requests = ExportsWorld.Reader(new SlicedLinesFormat()) };
        world.Slices.Boundaries = [2, 5, 7, 10, 12, 15, 17, 20, 22, 24];
        return world;
    }

    private string FileOf(ExportJob job) => Encoding.ASCII.GetString(_world.Files.Files[job.Id].Content);

    private async Task RunAsync(Task task)
    {
        for (var ticks = 0; !task.IsCompleted; ticks++)
        {
            Assert.InRange(ticks, 0, 5000);
            _world.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(2));
        }

        await task;
    }
}

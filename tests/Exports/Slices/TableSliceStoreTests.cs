using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring;

namespace ExportFunctions.Tests.Exports.Slices;

[Integration]
public sealed class TableSliceStoreTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Slices_AreListedInOrder_ManyOfThem()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var (store, job) = (new TableSliceStore(world.Get<StorageAccount>(), TimeProvider.System), Guid.CreateVersion7());
        Assert.Empty(await store.ListAsync(job, CancellationToken.None));

        await store.CreateAsync(Cut(job, "a", count: 230), CancellationToken.None);
        var listed = await store.ListAsync(job, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 230).Select(place => place * Slice.Gap), listed.Select(slice => slice.Number));
        var found = await store.FindAsync(SliceMessage.Of(listed[7]), CancellationToken.None);
        Assert.Equal((listed[7].ETag, "7"), (found!.ETag, found.Ranges[0].After!.Values[0].Text));
    }

    [Fact]
    public async Task Slices_AreThoseOfOneCut_WhenTwoWorkersCutAtATime()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var (store, job) = (new TableSliceStore(world.Get<StorageAccount>(), TimeProvider.System), Guid.CreateVersion7());

        await Task.WhenAll(
            store.CreateAsync(Cut(job, "a", count: 3), CancellationToken.None),
            store.CreateAsync(Cut(job, "b", count: 5), CancellationToken.None));
        var listed = await store.ListAsync(job, CancellationToken.None);

        Assert.Equal(listed[0].Partitioning == "a" ? 3 : 5, listed.Count);
        Assert.Single(listed.Select(slice => slice.Partitioning).Distinct());
        await store.DeleteAsync(job, CancellationToken.None);
        await store.DeleteAsync(job, CancellationToken.None);
        Assert.Empty(await store.ListAsync(job, CancellationToken.None));
        Assert.Null(await store.FindAsync(SliceMessage.Of(listed[0]), CancellationToken.None));
    }

    [Fact]
    public async Task Changes_AreTaken_OverThePictureTheyWereMadeFromAlone()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var (store, job) = (new TableSliceStore(world.Get<StorageAccount>(), TimeProvider.System), Guid.CreateVersion7());
        await store.CreateAsync(Cut(job, "a", count: 2), CancellationToken.None);
        var slice = (await store.ListAsync(job, CancellationToken.None))[0];

        var changed = await store.TryUpdateAsync(slice with { State = SliceState.Running, Claim = 1 }, CancellationToken.None);
        var late = await store.TryUpdateAsync(slice with { Claim = 9 }, CancellationToken.None);
        var lateSplit = await store.TrySplitAsync(slice, slice.RestAfter(0, stoppedAfter: null, written: 1)!, CancellationToken.None);
        var split = await store.TrySplitAsync(
            changed! with { State = SliceState.Done }, slice.RestAfter(0, stoppedAfter: null, written: 1)!, CancellationToken.None);

        Assert.Null(late);
        Assert.Equal((false, true), (lateSplit, split));
        Assert.Equal(
            [(0, SliceState.Done), (1, SliceState.Waiting), (100, SliceState.Waiting)],
            (await store.ListAsync(job, CancellationToken.None)).Select(each => (each.Number, each.State)));
    }

    [Fact]
    public async Task Indexes_AreKeptForEachClaim_SmallAndLarge()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var (store, job) = (new TableSliceStore(world.Get<StorageAccount>(), TimeProvider.System), Guid.CreateVersion7());
        await store.CreateAsync(Cut(job, "a", count: 2), CancellationToken.None);
        var slice = (await store.ListAsync(job, CancellationToken.None))[0] with { Claim = 1 };
        var large = new byte[3_000_000];
        new Random(1).NextBytes(large);

        await store.WriteIndexAsync(slice, large, CancellationToken.None);
        await store.WriteIndexAsync(slice with { Claim = 2 }, new byte[] { 7 }, CancellationToken.None);

        Assert.Equal(large, (await store.ReadIndexAsync(slice, CancellationToken.None)).ToArray());
        Assert.Equal([7], (await store.ReadIndexAsync(slice with { Claim = 2 }, CancellationToken.None)).ToArray());
        Assert.True((await store.ReadIndexAsync(slice with { Claim = 3 }, CancellationToken.None)).IsEmpty);
        Assert.Equal(2, (await store.ListAsync(job, CancellationToken.None)).Count);
        await store.DeleteAsync(job, CancellationToken.None);
        Assert.True((await store.ReadIndexAsync(slice, CancellationToken.None)).IsEmpty);
    }

    [Fact]
    public async Task Numbers_AreGivenOutOnce_WhoeverAsks()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var store = new TableSliceStore(world.Get<StorageAccount>(), TimeProvider.System);
        var slice = Cut(Guid.CreateVersion7(), "a", count: 1)[0];

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.TakeNumbersAsync(slice, 10, CancellationToken.None)));

        Assert.Equal(Enumerable.Range(0, 8).Select(place => ISliceNumbers.First + (place * 10)), first.Order());
    }

    private static IReadOnlyList<Slice> Cut(Guid job, string cut, int count) =>
    [
        .. Enumerable.Range(0, count).Select(place => new Slice
        {
            JobId = job,
            Partitioning = cut,
            Number = place * Slice.Gap,
            Ranges =
                [new KeyRange(SlicesWorld.Key(place), SlicesWorld.Key(place + 1)), new KeyRange(SlicesWorld.Key(place + 1), UpTo: null)],
        }),
    ];
}

using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Tests.Exports;

public sealed class ExportRemovalTests
{
    [Fact]
    public async Task Delete_LeavesTheKey_WhenItStandsForANewerJob()
    {
        var world = new ExportsWorld();
        var old = await world.SubmitAsync("key");
        await world.Keys.ReleaseAsync(old.IdempotencyHash!, old.Id, CancellationToken.None);
        var newer = await world.SubmitAsync("key");

        await world.Removal().DeleteAsync(old.Id, CancellationToken.None);

        Assert.Equal(newer.Id, (await world.SubmitAsync("key")).Id);
    }

    [Fact]
    public async Task Delete_RemovesTheFilterThatIsKeptApart()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitLargeAsync();

        await world.Removal().DeleteAsync(job.Id, CancellationToken.None);

        Assert.Empty(world.Filters.Kept);
    }

    [Fact]
    public async Task Cancel_RemovesTheFile_WhenTheWorkerDiedAfterPublishing()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.DeliverAsync();
        world.Jobs.Change(
            job.Id, stored => stored with { Status = ExportStatus.Running, LeaseOwner = "dead", LeaseUntil = world.Time.GetUtcNow() });

        await world.Removal().CancelAsync(job.Id, CancellationToken.None);

        Assert.Equal(ExportStatus.Canceled, world.Jobs[job.Id].Status);
        Assert.Empty(world.Files.Files);
    }
}

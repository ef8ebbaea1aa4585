using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Tests.Exports;

public sealed class FinalJobsTests
{
    [Fact]
    public async Task Job_IsFollowedUpOnce_WhenItSucceeds()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();

        await world.DeliverAsync();
        await world.Stale().RequeueAsync(CancellationToken.None);

        var told = Assert.Single(world.FollowUp.Told);
        Assert.Equal((job.Id, ExportStatus.Succeeded), (told.Id, told.Status));
    }

    [Fact]
    public async Task Job_IsFollowedUp_WhenAUserCancelsItBeforeItBegins()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();

        await world.Removal().CancelAsync(job.Id, CancellationToken.None);

        Assert.Equal(ExportStatus.Canceled, Assert.Single(world.FollowUp.Told).Status);
    }

    [Fact]
    public async Task Sweep_FollowsUpAgain_UntilItCouldBeDone()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.FollowUp.Telling = _ => throw new TimeoutException("Away.");
        await world.DeliverAsync();
        var listed = !world.Jobs.Active.IsEmpty;

        world.FollowUp.Telling = _ => { };
        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.True(listed);
        Assert.Equal(ExportStatus.Succeeded, world.Jobs[job.Id].Status);
        Assert.Single(world.FollowUp.Told);
        Assert.True(world.Jobs.Active.IsEmpty);
    }
}

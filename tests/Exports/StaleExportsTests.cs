using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;

namespace ExportFunctions.Tests.Exports;

public sealed class StaleExportsTests
{
    [Fact]
    public async Task Requeue_LeavesAJobAlone_WhileItsLeaseHolds()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Messages.Clear();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            Attempt = 1,
            LeaseOwner = "alive",
            LeaseUntil = world.Time.GetUtcNow().AddSeconds(1),
        });

        var requeued = await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal((0, 0), (requeued, world.Messages.Count));
    }

    [Fact]
    public async Task Requeue_FailsTheJob_WhenItsWorkersDiedTooOften()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Messages.Clear();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            Attempt = 5,
            FailedAttempts = 4,
            LeaseOwner = "dead",
            LeaseUntil = world.Time.GetUtcNow(),
        });

        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal((ExportStatus.Failed, "attempts_exhausted"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
        Assert.Empty(world.Messages);
    }

    [Fact]
    public async Task Requeue_CancelsTheJob_WhenItsWorkerDiedAfterACancel()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            CancelRequested = true,
            LeaseOwner = "dead",
            LeaseUntil = world.Time.GetUtcNow(),
        });

        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal(ExportStatus.Canceled, world.Jobs[job.Id].Status);
    }

    [Fact]
    public async Task Requeue_SendsNothing_WhileEveryWaitingJobHasItsMessage()
    {
        var world = new ExportsWorld();
        await world.SubmitAsync();
        world.Time.Advance(TimeSpan.FromHours(1));

        var requeued = await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal((0, 1), (requeued, world.Messages.Count));
    }

    [Fact]
    public async Task Requeue_SendsTheMessageAgain_WhenTheQueueHoldsOthersOnly()
    {
        var world = new ExportsWorld();
        var running = await world.SubmitAsync();
        var messageOfRunning = Assert.Single(world.Messages);
        var waiting = await world.SubmitAsync();
        world.Messages.Clear();
        world.Messages.Enqueue(messageOfRunning);
        world.Time.Advance(world.Options.LostMessageAfter + TimeSpan.FromSeconds(1));
        world.Jobs.Change(running.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            LeaseOwner = "alive",
            LeaseUntil = world.Time.GetUtcNow().AddSeconds(1),
        });

        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal([running.Id, waiting.Id], world.Messages.Select(message => message.JobId));
    }

    [Fact]
    public async Task Requeue_CancelsTheJobAndItsFile_WhenItsWorkerDiedAfterPublishing()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.DeliverAsync();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            CancelRequested = true,
            LeaseOwner = "dead",
            LeaseUntil = world.Time.GetUtcNow(),
        });
        world.Jobs.Active[job.Id] = world.Time.GetUtcNow();

        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal(ExportStatus.Canceled, world.Jobs[job.Id].Status);
        Assert.Empty(world.Files.Files);
    }

    [Fact]
    public async Task Requeue_SendsTheMessageAgain_WhenItWasLost()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Messages.Clear();
        world.Time.Advance(world.Options.LostMessageAfter + TimeSpan.FromSeconds(1));

        var requeued = await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal(1, requeued);
        Assert.Equal(job.Id, Assert.Single(world.Messages).JobId);
    }

    [Fact]
    public async Task Requeue_SendsTheMessageAgainWithinALease_WhenItsHostDiedBeforeTheClaim()
    {
        var world = new ExportsWorld { HiddenMessages = 1 };
        var job = await world.SubmitAsync();
        world.Messages.Clear();

        world.Time.Advance(world.Options.LeaseDuration);
        var early = await world.Stale().RequeueAsync(CancellationToken.None);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await world.Stale().RequeueAsync(CancellationToken.None);
        world.Messages.Clear();
        var again = await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal((0, 1, 0), (early, late, again));
        Assert.Equal(world.Time.GetUtcNow(), world.Jobs[job.Id].EnqueuedAt);
    }

    [Theory]
    [InlineData("passed on")]
    [InlineData("tried again later")]
    [InlineData("others wait")]
    public async Task Requeue_SendsNothingWithinTheTimeForLostMessages_WhenAJobMayWaitItsTurn(string why)
    {
        var world = new ExportsWorld { HiddenMessages = 1 };
        var job = await world.SubmitAsync();
        world.Messages.Clear();
        world.Time.Advance(world.Options.LeaseDuration + TimeSpan.FromSeconds(1));
        var now = world.Time.GetUtcNow();
        if (why == "passed on")
            world.Jobs.Change(job.Id, stored => stored with { Waiting = new ExportWait(now, "host", "other.json") });
        else if (why == "tried again later")
            world.Jobs.Change(job.Id, stored => stored with { RetryAt = now.AddMinutes(1) });
        else
            world.Messages.Enqueue(new ExportMessage(Guid.CreateVersion7(now)));

        var requeued = await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal(0, requeued);
    }

    [Fact]
    public async Task Requeue_KeepsAnEntryWithoutItsJob_WhileItIsYoung_HoweverOldTheIdIs()
    {
        var world = new ExportsWorld();
        var lateRun = Guid.CreateVersion7(world.Time.GetUtcNow() - TimeSpan.FromDays(3));
        world.Jobs.Active[lateRun] = world.Time.GetUtcNow();

        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Contains(lateRun, world.Jobs.Active.Keys);
    }

    [Fact]
    public async Task Requeue_RemovesAnEntryWithoutItsJob_WhenItIsOld()
    {
        var world = new ExportsWorld();
        world.Jobs.Active[Guid.CreateVersion7(world.Time.GetUtcNow())] = world.Time.GetUtcNow();
        world.Time.Advance(world.Options.LostMessageAfter);

        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Empty(world.Jobs.Active);
    }

    [Fact]
    public async Task TakeUpPoison_SendsTheJobOnItsWay_WhileAttemptsAreLeft()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        Assert.True(world.Messages.TryDequeue(out var message));

        await world.Stale().TakeUpPoisonAsync(message, CancellationToken.None);
        await world.DeliverAsync();

        Assert.Equal((ExportStatus.Succeeded, 1), (world.Jobs[job.Id].Status, world.Jobs[job.Id].FailedAttempts));
    }

    [Fact]
    public async Task TakeUpPoison_FailsTheJob_WhenNoAttemptIsLeft()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        Assert.True(world.Messages.TryDequeue(out var message));
        world.Jobs.Change(job.Id, stored => stored with { FailedAttempts = 4 });

        await world.Stale().TakeUpPoisonAsync(message, CancellationToken.None);

        Assert.Equal((ExportStatus.Failed, "attempts_exhausted"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
        Assert.Empty(world.Messages);
    }
}

using System.Text;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports;

public sealed class ExportProcessorTests
{
    [Fact]
    public async Task Process_ReadsTheWholeRequest_WhenItsFilterIsKeptApart()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitLargeAsync();

        await world.DeliverAsync();

        Assert.Equal(ExportStatus.Succeeded, world.Jobs[job.Id].Status);
        Assert.Equal(50_000, Assert.IsType<Comparison>(world.Source.Last!.Filter).Values.Count);
    }

    [Fact]
    public async Task Process_FailsTheJobForGood_WhenItsFilterIsGone()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitLargeAsync();
        await world.Filters.RemoveAsync(Assert.Single(world.Filters.Kept), CancellationToken.None);

        await world.DeliverAsync();

        Assert.Equal((ExportStatus.Failed, "request_missing"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
    }

    [Fact]
    public async Task Process_PublishesTheFileAndRecordsIt_WhenAllGoesWell()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();

        await world.DeliverAsync();

        var done = world.Jobs[job.Id];
        Assert.Equal(ExportStatus.Succeeded, done.Status);
        Assert.Equal((25, 25L), ((int)done.RowsWritten, done.RowsExpected!.Value));
        Assert.Equal(ExportsWorld.FileOf(25), Encoding.ASCII.GetString(world.Files.Files[job.Id].Content));
        Assert.Equal(world.Files.Files[job.Id].File.Sha256, done.File!.Sha256);
        Assert.Equal(world.Time.GetUtcNow().AddDays(30), done.File.ExpiresAt);
        Assert.Empty(world.Jobs.Active);
    }

    [Fact]
    public async Task Process_DoesNothing_WhenAnotherAttemptIsAlive()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            Attempt = 1,
            LeaseOwner = "other",
            LeaseUntil = world.Time.GetUtcNow().AddSeconds(5),
        });

        await world.Processor().ProcessAsync(new ExportMessage(job.Id), CancellationToken.None);

        Assert.Equal(0, world.Source.Opened);
        Assert.Equal("other", world.Jobs[job.Id].LeaseOwner);
    }

    [Fact]
    public async Task Process_TakesOver_WhenTheLeaseHasLapsed()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Jobs.Change(job.Id, stored => stored with
        {
            Status = ExportStatus.Running,
            Attempt = 1,
            LeaseOwner = "dead",
            LeaseUntil = world.Time.GetUtcNow().AddSeconds(-1),
        });

        await world.DeliverAsync();

        Assert.Equal((ExportStatus.Succeeded, 2), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Attempt));
    }

    [Fact]
    public async Task Process_IsANoOp_WhenTheMessageComesAgainAfterSuccess()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.DeliverAsync();

        await world.Processor().ProcessAsync(new ExportMessage(job.Id), CancellationToken.None);

        Assert.Equal((1, 1), (world.Source.Opened, world.Files.Publications));
    }

    [Fact]
    public async Task Process_QueuesTheJobForLater_WhenTheFaultMayPass()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25)
            {
                FailAt = row => row == 12 ? ExportFailureException.Transient(
            "source_unavailable", "Away.") : null
            }
        };
        var job = await world.SubmitAsync();

        await world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None);

        Assert.Equal(
            (ExportStatus.Queued, 1, 0), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Retries, world.Jobs[job.Id].FailedAttempts));
        Assert.InRange((world.Jobs[job.Id].RetryAt!.Value - world.Time.GetUtcNow()).TotalSeconds, 5, 10);
        Assert.Equal(job.Id, Assert.Single(world.Messages).JobId);
        Assert.Equal("source_unavailable", world.Jobs[job.Id].Error!.Code);
        Assert.Empty(world.Files.Files);
    }

    [Fact]
    public async Task Process_FailsTheJobWithTheLastReason_WhenAFaultPersists()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") },
        };
        var job = await world.SubmitAsync();

        await world.DeliverAsync();

        var failed = world.Jobs[job.Id];
        Assert.Equal((ExportStatus.Failed, 4, 3), (failed.Status, failed.Attempt, failed.Retries));
        Assert.Equal("attempts_exhausted", failed.Error!.Code);
        Assert.Contains("Away.", failed.Error.Reason, StringComparison.Ordinal);
        Assert.Empty(world.Messages);
    }

    [Fact]
    public async Task Process_FailsTheJobAtOnce_WhenItsRequestWantsNoRetry()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") },
        };
        var job = (await world.Submission().SubmitAsync(
            ExportsWorld.Request("""{"dataset":"numbers","retry":{"count":0}}"""), idempotencyKey: null, default, CancellationToken.None))!;

        await world.DeliverAsync();

        Assert.Equal(
            (ExportStatus.Failed, 1, "attempts_exhausted"),
            (world.Jobs[job.Id].Status, world.Jobs[job.Id].Attempt, world.Jobs[job.Id].Error!.Code));
    }

    [Fact]
    public async Task Process_ReturnsTheMessage_WhenTheNextTryCannotBeQueued()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") },
        };
        var job = await world.SubmitAsync();

        var fuse = Fuse.Before("SendAsync");
        await Assert.ThrowsAsync<WorkerKilledException>(
            () => world.Processor(fuse).ProcessAsync(world.TakeMessage(), CancellationToken.None));

        Assert.Equal((ExportStatus.Queued, 1), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Retries));
        Assert.Empty(world.Messages);
    }

    [Fact]
    public async Task Process_SucceedsAndForgetsTheFault_WhenTheSourceIsBack()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") },
        };
        var job = await world.SubmitAsync();
        await world.Processor().ProcessAsync(world.TakeMessage(), CancellationToken.None);

        world.Source = new CountingSource(25);
        await world.DeliverAsync();

        var ended = world.Jobs[job.Id];
        Assert.Equal((ExportStatus.Succeeded, 2, 1), (ended.Status, ended.Attempt, ended.Retries));
        Assert.Null(ended.RetryAt);
        Assert.Null(ended.Error);
    }

    [Fact]
    public async Task Process_FailsTheJobAtOnce_WhenTheFaultIsPermanent()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Permanent("column_missing", "The column n is gone.") },
        };
        var job = await world.SubmitAsync();

        await world.DeliverAsync();

        Assert.Equal(
            (ExportStatus.Failed, 1, "column_missing"),
            (world.Jobs[job.Id].Status, world.Jobs[job.Id].Attempt, world.Jobs[job.Id].Error!.Code));
    }

    [Fact]
    public async Task Process_FailsTheJob_WhenTheSourceDeliversFewerRowsThanItCounted()
    {
        var world = new ExportsWorld { Source = new CountingSource(25) { Claims = 26 } };
        var job = await world.SubmitAsync();

        await world.DeliverAsync();

        Assert.Equal((ExportStatus.Failed, "rows_mismatch"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
        Assert.Empty(world.Files.Files);
    }

    [Fact]
    public async Task Process_FailsTheJobNamingTheField_WhenTheDatasetHasChangedSince()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Jobs.Change(job.Id, stored => stored with { RequestJson = """{"dataset":"numbers","columns":["gone"]}""" });

        await world.DeliverAsync();

        Assert.Equal((ExportStatus.Failed, "request_outdated"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
        Assert.Contains("columns", world.Jobs[job.Id].Error!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_HandsTheJobBackUncounted_WhenTheHostStops()
    {
        using var stopping = new CancellationTokenSource();
        var world = new ExportsWorld
        {
            Source = new CountingSource(25)
            {
                BeforeRow = async (row, token) =>
                {
                    if (row == 12)
                        await stopping.CancelAsync();
                    token.ThrowIfCancellationRequested();
                },
            },
        };
        var job = await world.SubmitAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Processor().ProcessAsync(new ExportMessage(job.Id), stopping.Token));

        Assert.Equal((ExportStatus.Queued, 0), (world.Jobs[job.Id].Status, world.Jobs[job.Id].FailedAttempts));
        Assert.Null(world.Jobs[job.Id].LeaseOwner);
    }

    [Fact]
    public async Task Process_StopsAndAcknowledges_WhenAUserCancels()
    {
        var world = new ExportsWorld();
        Guid id = default;
        world.Source = new CountingSource(25)
        {
            BeforeRow = async (row, token) =>
            {
                if (row != 12)
                    return;

                await world.Removal().CancelAsync(id, CancellationToken.None);
                world.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            },
        };
        id = (await world.SubmitAsync()).Id;

        await world.DeliverAsync();

        Assert.Equal(ExportStatus.Canceled, world.Jobs[id].Status);
        Assert.Empty(world.Files.Files);
        Assert.Empty(world.Messages);
        Assert.Empty(world.Jobs.Active);
    }

    [Fact]
    public async Task Process_LeavesTheJobAlone_WhenAnotherWorkerTookItOver()
    {
        var world = new ExportsWorld();
        Guid id = default;
        world.Source = new CountingSource(25)
        {
            BeforeRow = async (row, token) =>
            {
                if (row != 12)
                    return;

                world.Jobs.Change(id, stored => stored with { LeaseOwner = "other", Attempt = 2 });
                world.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            },
        };
        id = (await world.SubmitAsync()).Id;

        await world.DeliverAsync();

        Assert.Equal((ExportStatus.Running, "other"), (world.Jobs[id].Status, world.Jobs[id].LeaseOwner));
    }

    [Fact]
    public async Task Process_RemovesItsFile_WhenTheJobWasDeletedMeanwhile()
    {
        var world = new ExportsWorld();
        Guid id = default;
        world.Source = new CountingSource(25)
        {
            BeforeRow = (row, _) => row == 25 ? world.Removal().DeleteAsync(id, CancellationToken.None) : Task.CompletedTask,
        };
        id = (await world.SubmitAsync()).Id;

        await world.DeliverAsync();

        Assert.Empty(world.Files.Files);
        Assert.Empty(world.Files.Manifests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Process_LeavesNoFile_WhenTheJobIsCanceledOrDeletedWhilePublishing(bool isDeleted)
    {
        var world = new ExportsWorld();
        var id = (await world.SubmitAsync()).Id;
        world.Files.Published = async token =>
        {
            if (isDeleted)
                world.Jobs.Remove(id);
            else
                await world.Removal().CancelAsync(id, CancellationToken.None);
            await world.PassTimeAsync(token);
            token.ThrowIfCancellationRequested();
        };

        await world.DeliverAsync();

        Assert.Equal(1, world.Files.Publications);
        Assert.Empty(world.Files.Files);
        Assert.Empty(world.Messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Process_LeavesNoFile_WhenACallThatWasCutOffTakesEffectLater(bool isDeleted)
    {
        var world = new ExportsWorld();
        var id = (await world.SubmitAsync()).Id;
        world.Files.Publishing = async token =>
        {
            if (isDeleted)
                await world.Removal().DeleteAsync(id, CancellationToken.None);
            else
                await world.Removal().CancelAsync(id, CancellationToken.None);
            await world.PassTimeAsync(token);
            token.ThrowIfCancellationRequested();
        };

        await world.DeliverAsync();
        Assert.Empty(world.Files.Files);
        world.Files.TakeEffect();
        Assert.Single(world.Files.Files);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.Late().SweepAsync(CancellationToken.None);

        Assert.Empty(world.Files.Files);
        Assert.Single(world.LateFiles.Notes);
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Late().SweepAsync(CancellationToken.None);
        Assert.Empty(world.LateFiles.Notes);
    }

    [Fact]
    public async Task Process_WaitsForACallThatShowsTheFile_AndRemovesIt_WhenTheJobWasDeletedMeanwhile()
    {
        var world = new ExportsWorld();
        var id = (await world.SubmitAsync()).Id;
        world.Files.Publishing = async token =>
        {
            await world.Removal().DeleteAsync(id, CancellationToken.None);
            for (var beats = 0; beats < 4; beats++)
            {
                world.Time.Advance(TimeSpan.FromMilliseconds(500));
                await Task.Delay(20, CancellationToken.None);
            }

            Assert.False(token.IsCancellationRequested);
        };

        await world.DeliverAsync();

        Assert.Equal(1, world.Files.Publications);
        Assert.Empty(world.Files.Files);
    }

    [Fact]
    public async Task Process_Cancels_WhenACancelWasAcceptedBeforeTheSuccessWasRecorded()
    {
        var world = new ExportsWorld();
        var id = (await world.SubmitAsync()).Id;
        world.Files.Published = async _ => Assert.True((await world.Removal().CancelAsync(id, CancellationToken.None)).IsAccepted);

        await world.DeliverAsync();

        Assert.Equal(ExportStatus.Canceled, world.Jobs[id].Status);
        Assert.Empty(world.Files.Files);
        Assert.Empty(world.Files.Manifests);
    }

    [Fact]
    public async Task Sweep_LeavesTheFileOfAnExportThatWasAskedForAgain()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        await world.Late().ExpectAsync(job, CancellationToken.None);
        await world.DeliverAsync();

        world.Time.Advance(TimeSpan.FromHours(2));
        await world.Late().SweepAsync(CancellationToken.None);

        Assert.Single(world.Files.Files);
        Assert.Empty(world.LateFiles.Notes);
    }

    [Fact]
    public async Task Process_StopsAndBlamesStorage_WhenHeartbeatsAreNeverAnswered()
    {
        var world = new ExportsWorld();
        world.Source = new CountingSource(25)
        {
            BeforeRow = async (row, token) =>
            {
                if (row != 12)
                    return;

                world.Jobs.Updating = update => Task.Delay(Timeout.InfiniteTimeSpan, update);
                for (var beats = 0; beats < 10_000 && !token.IsCancellationRequested; beats++)
                {
                    world.Time.Advance(TimeSpan.FromMilliseconds(500));
                    await Task.Delay(1, CancellationToken.None);
                }

                world.Jobs.Updating = _ => Task.CompletedTask;
                token.ThrowIfCancellationRequested();
            },
        };
        var job = await world.SubmitAsync();

        await world.Processor().ProcessAsync(new ExportMessage(job.Id), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, "storage_unavailable"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
    }

    [Fact]
    public async Task Process_BlamesStorage_WhenItsClientGivesUp()
    {
        var lost = new AggregateException("Retry failed after 4 tries.", new Azure.RequestFailedException("Connection refused"));
        var world = new ExportsWorld { Source = new CountingSource(25) { FailAt = _ => lost } };
        var job = await world.SubmitAsync();

        await world.Processor().ProcessAsync(new ExportMessage(job.Id), CancellationToken.None);

        Assert.Equal((ExportStatus.Queued, "storage_unavailable"), (world.Jobs[job.Id].Status, world.Jobs[job.Id].Error!.Code));
    }
}

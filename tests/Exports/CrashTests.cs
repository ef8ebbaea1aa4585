using System.Text;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports;

/// <summary>
/// Kills the worker before and after each of its steps, then lets the timer and another worker go on: always one file, one publication,
/// one success.
/// </summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Job_SucceedsOnce_WhereverTheWorkerDies()
    {
        await Deaths.AtEachStepAsync(min: 12, async fuse =>
        {
            var world = new ExportsWorld();
            var job = await world.SubmitAsync();

            Assert.True(world.Messages.TryDequeue(out var message));
            await Record.ExceptionAsync(() => world.Processor(fuse).ProcessAsync(message, CancellationToken.None));
            if (!fuse.IsBlown)
                return;

            await RecoverAsync(world);
            AssertOneFile(world, job.Id, "after a death");
        });
    }

    [Fact]
    public async Task Job_LeavesNoFile_WhereverItsWorkerDies_WhenItIsCanceledAsItsFileAppears()
    {
        await Deaths.AtEachStepAsync(min: 12, async fuse =>
        {
            var world = new ExportsWorld();
            var job = await world.SubmitAsync();
            world.Files.Published = async _ => await world.Removal().CancelAsync(job.Id, CancellationToken.None);

            await Record.ExceptionAsync(() => world.Processor(fuse).ProcessAsync(world.TakeMessage(), CancellationToken.None));
            if (!fuse.IsBlown)
                return;

            for (var rounds = 0; rounds < 4; rounds++)
            {
                world.Time.Advance(TimeSpan.FromMinutes(20));
                await world.Stale().RequeueAsync(CancellationToken.None);
                await world.DeliverAsync();
                await world.Late().SweepAsync(CancellationToken.None);
            }

            Assert.True(world.Jobs[job.Id].Status.IsFinal(), "after a death");
            var files = world.Jobs[job.Id].Status == ExportStatus.Succeeded ? 1 : 0;
            Assert.True(world.Files.Files.Count == files && world.Files.Manifests.Count == files, "after a death");
        });
    }

    [Fact]
    public async Task Job_SucceedsOnceAndIsTriedAgainOnce_WhereverTheWorkerOfAFailedAttemptDies()
    {
        await Deaths.AtEachStepAsync(min: 8, async fuse =>
        {
            var world = new ExportsWorld();
            var job = await world.SubmitAsync();
            var message = world.TakeMessage();
            world.Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") };

            var survived = await Record.ExceptionAsync(() => world.Processor(fuse).ProcessAsync(message, CancellationToken.None)) is null;
            if (!fuse.IsBlown)
                return;

            // A message that was not acknowledged comes back.
            if (!survived)
                world.Messages.Enqueue(message);
            world.Source = new CountingSource(25);
            await RecoverAsync(world);
            AssertOneFile(world, job.Id, "after the death of a failed attempt");
            Assert.InRange(world.Jobs[job.Id].Retries, 0, 1);
        });
    }

    [Fact]
    public async Task Job_SucceedsOnce_WhereverTheAcceptingHostDies_AndTheCallerRepeats()
    {
        for (var step = 1; step <= 4; step++)
        {
            var world = new ExportsWorld();
            var fuse = new Fuse(step, FuseMoment.After);
            await Record.ExceptionAsync(
                () => world.Submission(fuse).SubmitAsync(ExportsWorld.Request(), "key-1", default, CancellationToken.None));

            var job = await world.Submission().SubmitAsync(ExportsWorld.Request(), "key-1", default, CancellationToken.None);
            await RecoverAsync(world);

            AssertOneFile(world, job!.Id, $"accepting host killed after step {step}");
        }
    }

    [Fact]
    public async Task Requeue_LosesNothing_WhereverTheTimerDies()
    {
        for (var step = 1; step <= 8; step++)
        {
            var world = new ExportsWorld();
            var job = await world.SubmitAsync();
            Assert.True(world.Messages.TryDequeue(out _));
            world.Jobs.Change(job.Id, stored => stored with
            {
                Status = ExportStatus.Running,
                Attempt = 1,
                LeaseOwner = "dead",
                LeaseUntil = world.Time.GetUtcNow(),
            });

            await Record.ExceptionAsync(() => world.Stale(new Fuse(step, FuseMoment.After)).RequeueAsync(CancellationToken.None));
            await RecoverAsync(world);

            AssertOneFile(world, job.Id, $"timer killed after step {step}");
        }
    }

    private static async Task RecoverAsync(ExportsWorld world)
    {
        for (var round = 0; round < 3; round++)
        {
            world.Time.Advance(world.Options.LostMessageAfter + world.Options.LeaseDuration);
            await world.Stale().RequeueAsync(CancellationToken.None);
            await world.DeliverAsync();
        }
    }

    private static void AssertOneFile(ExportsWorld world, Guid id, string when)
    {
        var job = world.Jobs[id];
        Assert.True(job.Status == ExportStatus.Succeeded, $"{when}: the job is {job.Status}");
        Assert.True(world.Files.Publications == 1, $"{when}: {world.Files.Publications} publications");
        Assert.Equal(ExportsWorld.FileOf(25), Encoding.ASCII.GetString(world.Files.Files[id].Content));
        Assert.Equal(job.File!.Sha256, world.Files.Files[id].File.Sha256);
        Assert.Equal(job.File.Sha256, world.Files.Manifests[id].Parts.Single().Sha256);
        Assert.True(world.FollowUp.Told.Any(told => told.Id == id && told.Status == ExportStatus.Succeeded), $"{when}: not followed up");
        Assert.True(world.Jobs.Active.IsEmpty, $"{when}: still listed as active");
        Assert.Empty(world.Messages);

        // Every attempt is recorded once, and the last one is the one that succeeded.
        var attempts = world.Records.Records.Where(record => record.ExportId == id).ToList();
        Assert.True(
            attempts.Select(record => record.Attempt).Order().SequenceEqual(Enumerable.Range(1, job.Attempt)),
            $"{when}: recorded {string.Join(", ", attempts.Select(record => $"{record.Attempt} {record.Outcome}"))} of {job.Attempt}");
        Assert.Equal(
            job.Attempt, attempts.Single(record => record.Outcome == ExportFunctions.Exports.Jobs.AttemptOutcome.Succeeded).Attempt);
    }
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Monitoring.Recording;

/// <summary>Every attempt that ends leaves one record, whatever becomes of its job and wherever a host dies.</summary>
public sealed class AttemptRecordingTests
{
    [Fact]
    public async Task Success_IsRecorded_WithWhatTheAttemptTook()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Time.Advance(TimeSpan.FromSeconds(3));
        world.Source = new CountingSource(25) { BeforeRow = (row, _) => Tick(world, row) };

        await world.DeliverAsync();

        var record = Assert.Single(world.Records.Records);
        Assert.Equal(
            (job.Id, 1, "numbers", "excel", AttemptOutcome.Succeeded),
            (record.ExportId, record.Attempt, record.Dataset, record.Format, record.Outcome));
        Assert.Equal(
            (25, world.Jobs[job.Id].File!.Bytes, 3, 5, 5),
            (record.Rows, record.Bytes, record.QueueWaitSeconds, record.DurationSeconds, record.RowsPerSecond));
        Assert.Equal((world.Options.HostName, null, 1), (record.Host, record.ErrorCode, record.Version));
        Assert.InRange(record.SourceSeconds!.Value, 0, 5);
        Assert.True(record.PeakMemoryBytes > 1_000_000);
        Assert.Equal(DateTimeKind.Utc, record.EndedAt.Kind);
    }

    [Fact]
    public async Task Success_CostsOneAddition_AndNoSearch()
    {
        var world = new ExportsWorld();
        await world.SubmitAsync();

        await world.DeliverAsync();
        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal((1, 0), (world.Records.Additions, world.Records.Searches));
    }

    [Fact]
    public async Task Failures_AreRecorded_EachWithItsCode()
    {
        var world = new ExportsWorld
        {
            Source = new CountingSource(25) { FailAt = _ => ExportFailureException.Transient("source_unavailable", "Away.") },
        };
        await world.Submission().SubmitAsync(
            ExportsWorld.Request("""{"dataset":"numbers","retry":{"count":1}}"""), idempotencyKey: null, default, CancellationToken.None);

        await world.DeliverAsync();

        Assert.Equal(
            [(1, AttemptOutcome.Retried, "source_unavailable"), (2, AttemptOutcome.Failed, "attempts_exhausted")],
            world.Records.Records.Select(record => (record.Attempt, record.Outcome, record.ErrorCode)));
    }

    [Fact]
    public async Task DeadWorker_IsRecorded_ByTheOneThatTakesOver()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        var message = world.TakeMessage();
        await Record.ExceptionAsync(() => world.Processor(Fuse.Before("TryPublishAsync")).ProcessAsync(message, CancellationToken.None));
        world.Time.Advance(world.Options.LeaseDuration);

        await world.Processor().ProcessAsync(message, CancellationToken.None);

        Assert.Equal(
            [(1, AttemptOutcome.Lost), (2, AttemptOutcome.Succeeded)],
            world.Records.Records.Select(record => (record.Attempt, record.Outcome)));
        Assert.All(world.Records.Records, record => Assert.Equal((job.Id, world.Options.HostName), (record.ExportId, record.Host)));
    }

    [Fact]
    public async Task Shutdown_IsRecorded_AsReleased()
    {
        var world = new ExportsWorld();
        using var stopping = new CancellationTokenSource();
        world.Source = new CountingSource(25) { BeforeRow = (row, token) => row == 12 ? StopAsync(stopping, token) : Task.CompletedTask };
        await world.SubmitAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Processor().ProcessAsync(world.TakeMessage(), stopping.Token));

        var record = Assert.Single(world.Records.Records);
        Assert.Equal((AttemptOutcome.Released, 1), (record.Outcome, record.Attempt));
    }

    [Fact]
    public async Task CancelBeforeTheFirstAttempt_IsRecorded_AsAttemptZero()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();

        await world.Removal().CancelAsync(job.Id, CancellationToken.None);

        var record = Assert.Single(world.Records.Records);
        Assert.Equal((0, AttemptOutcome.Canceled, null, 0), (record.Attempt, record.Outcome, record.StartedAt, record.Rows));
    }

    [Fact]
    public async Task Deletion_RecordsTheAttempt_ThatItCutsOff()
    {
        var world = new ExportsWorld();
        var job = await world.SubmitAsync();
        world.Source = new CountingSource(25)
        {
            BeforeRow = async (row, _) => await (
            row == 12 ? world.Removal().DeleteAsync(job.Id, CancellationToken.None) : Task.FromResult(true))
        };

        await world.DeliverAsync();

        var record = Assert.Single(world.Records.Records);
        Assert.Equal((1, AttemptOutcome.Canceled), (record.Attempt, record.Outcome));
        Assert.Empty(world.Files.Files);
    }

    [Fact]
    public async Task Deletion_KeepsOneRecordEach_WhereverTheDeletingHostDies()
    {
        await Deaths.AtEachStepAsync(min: 8, async fuse =>
        {
            var world = new ExportsWorld();
            var job = await world.SubmitAsync();
            var worker = Fuse.Before("TryPublishAsync");
            await Record.ExceptionAsync(() => world.Processor(worker).ProcessAsync(world.TakeMessage(), CancellationToken.None));

            await Record.ExceptionAsync(() => world.Removal(fuse).DeleteAsync(job.Id, CancellationToken.None));
            await world.Removal().DeleteAsync(job.Id, CancellationToken.None);

            var (attempt, outcome) = Assert.Single(world.Records.Records.Select(record => (record.Attempt, record.Outcome)));
            Assert.Equal((1, AttemptOutcome.Canceled), (attempt, outcome));
        });
    }

    [Fact]
    public async Task Records_AreWrittenLater_WhenTheyCannotBeReached()
    {
        var world = new ExportsWorld();
        await world.SubmitAsync();
        world.Records.Away = true;
        await world.DeliverAsync();
        var (listed, kept) = (world.Jobs.Active.Count, world.Records.Records.Count);

        world.Records.Away = false;
        await world.Stale().RequeueAsync(CancellationToken.None);
        await world.Stale().RequeueAsync(CancellationToken.None);

        Assert.Equal((1, 0), (listed, kept));
        Assert.Single(world.Records.Records);
        Assert.Empty(world.Jobs.Active);
    }

    private static Task Tick(ExportsWorld world, int row)
    {
        if (row % 5 == 0)
            world.Time.Advance(TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    private static async Task StopAsync(CancellationTokenSource stopping, CancellationToken token)
    {
        await stopping.CancelAsync();
        token.ThrowIfCancellationRequested();
    }
}

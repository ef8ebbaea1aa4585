using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Schedules;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Maintenance;

[Integration]
public sealed class RecordSweepTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Sweep_RemovesRecords_EachByItsOwnRetention()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var old = await world.AddAsync([1], "old.csv", 370);
        var younger = await world.AddAsync([2], "younger.csv", 360);
        var keys = world.Host.GetRequiredService<IIdempotencyKeys>();
        await keys.ClaimAsync("key", "request", old.Id, TestContext.Current.CancellationToken);
        var runs = world.Host.GetRequiredService<IScheduleRunStore>();
        var scheduleId = Guid.CreateVersion7();
        foreach (var days in new[] { 91, 89 })
        {
            var at = world.Time.GetUtcNow().AddDays(-days);
            await runs.AddAsync(
                new ScheduleRun { ScheduleId = scheduleId, DueAt = at, StartedAt = at, Outcome = ScheduleRunOutcome.Succeeded },
                TestContext.Current.CancellationToken);
        }

        var plan = await world.Host.GetRequiredService<CleanupPlanning>().MakeAsync(TestContext.Current.CancellationToken);
        var run = await world.CleanUpAsync();
        var keptKey = await keys.ClaimAsync("key", "request", younger.Id, TestContext.Current.CancellationToken);

        Assert.Equal(
            (2, 1, 0, 1), (run.Counts.FilesArchived, run.Counts.JobsRemoved, run.Counts.KeysRemoved, run.Counts.ScheduleRunsRemoved));
        Assert.Equal(run.Counts, plan.Counts);
        Assert.Null(await world.Jobs.FindAsync(old.Id, TestContext.Current.CancellationToken));
        Assert.Equal(ExportStatus.Expired, (await world.JobAsync(younger)).Status);
        Assert.Equal(old.Id, keptKey);
        Assert.Equal(89, Math.Round((world.Time.GetUtcNow() - Assert.Single(
            (await runs.ListAsync(scheduleId, 10, null, TestContext.Current.CancellationToken)).Runs).DueAt).TotalDays));
    }

    [Fact]
    public async Task Sweep_ForgetsKeysAndRuns_OnceTheirDaysAreOver()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var keys = world.Host.GetRequiredService<IIdempotencyKeys>();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await keys.ClaimAsync("key", "request", first, TestContext.Current.CancellationToken);
        var early = await world.CleanUpAsync();

        world.Time.Advance(TimeSpan.FromDays(31));
        var month = await world.CleanUpAsync();
        world.Time.Advance(TimeSpan.FromDays(340));
        var year = await world.CleanUpAsync();

        Assert.Equal((0, 1), (early.Counts.KeysRemoved, month.Counts.KeysRemoved));
        Assert.Equal(second, await keys.ClaimAsync("key", "another request", second, TestContext.Current.CancellationToken));
        Assert.Equal(1, year.Counts.MaintenanceRunsRemoved);
        Assert.Null(await world.Host.GetRequiredService<MaintenanceRunStore>().FindAsync(early.Id, TestContext.Current.CancellationToken));
        Assert.NotNull(
            await world.Host.GetRequiredService<MaintenanceRunStore>().FindAsync(month.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sweep_KeepsOldJobs_WhoseFileIsKeptOrWhoAreNotFinal()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var kept = await world.AddAsync([1], "kept.csv", 400);
        await world.Jobs.TryUpdateAsync(
            kept with { File = kept.File! with { ExpiresAt = world.Time.GetUtcNow().AddDays(1) } }, TestContext.Current.CancellationToken);
        var running = await world.AddAsync([2], "running.csv", 400, ExportStatus.Running);

        // A schedule catches up: the id of the run is that of an instant long ago, the job is new.
        var caughtUp = await world.AddAsync([3], "new.csv", 1);
        var id = Guid.CreateVersion7(world.Time.GetUtcNow().AddDays(-400));
        await world.Jobs.TryCreateAsync(caughtUp with { Id = id, Status = ExportStatus.Failed }, TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal(0, run.Counts.JobsRemoved);
        Assert.NotNull(await world.Jobs.FindAsync(kept.Id, TestContext.Current.CancellationToken));
        Assert.NotNull(await world.Jobs.FindAsync(running.Id, TestContext.Current.CancellationToken));
        Assert.NotNull(await world.Jobs.FindAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sweep_RemovesFiltersThatNoRecordRefersTo_AndNoOthers()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var large =
            $$$"""{"dataset":"numbers","filter":{"column":"n","op":"in","value":[{{{string.Join(',', Enumerable.Range(1, 50_000))}}}]}}""";
        var job = await world.AddAsync([1], "some.csv", 3, ExportStatus.Failed);
        var id = Guid.CreateVersion7(world.Time.GetUtcNow());
        await world.Jobs.TryCreateAsync(
            job with { Id = id, CreatedAt = world.Time.GetUtcNow(), RequestJson = large }, TestContext.Current.CancellationToken);
        var filters = world.Host.GetRequiredService<ILargeFilters>();

        // Of requests that were cut off before their records: of a job, of one that has another by now, and of a schedule.
        foreach (var owner in new[] { FilterOwner.OfJob(
            Guid.CreateVersion7()), FilterOwner.OfJob(id), FilterOwner.OfSchedule(Guid.CreateVersion7()) })
            await filters.SetApartAsync(owner, large, TestContext.Current.CancellationToken);

        var young = await world.CleanUpAsync();
        world.Time.Advance(TimeSpan.FromDays(2));
        var old = await world.CleanUpAsync();

        var stored = await world.Jobs.FindAsync(id, TestContext.Current.CancellationToken);
        Assert.Equal((0, 3), (young.Counts.FiltersRemoved, old.Counts.FiltersRemoved));
        Assert.Equal(large, await filters.WholeAsync(FilterOwner.OfJob(id), stored!.RequestJson, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sweep_DropsUploadsNobodyFinishes_AndNoOthers()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var failed = await world.AddAsync([1], "failed.csv", 3, ExportStatus.Failed);
        var running = await world.AddAsync([2], "running.csv", 3, ExportStatus.Running);
        foreach (var name in await MaintenanceWorld.NamesAsync(world.Files))
            await world.Files.DeleteBlobAsync(name, cancellationToken: TestContext.Current.CancellationToken);
        var (abandoned, underWay, young) = (NameOf(failed), NameOf(running), NameOf(failed with { CreatedAt = world.Time.GetUtcNow() }));
        foreach (var name in new[] { abandoned, underWay, young })
            await world.Files.GetBlockBlobClient(name).StageBlockAsync(
                Convert.ToBase64String("1"u8), new MemoryStream([1]), cancellationToken: TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal(1, run.Counts.UploadsDropped);
        Assert.Equal(
            new[] { underWay, young }.Order(StringComparer.Ordinal), (await UncommittedAsync(world)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cleanup_LeavesTheJobOfADeadHostToTheTimer_AndArchivesWhatComesOfIt()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync([1], "half.csv", 40, ExportStatus.Running);
        await world.Jobs.TryUpdateAsync(
            job with { LeaseOwner = "dead", LeaseUntil = job.CreatedAt, FinishedAt = null, RequestJson = """{"dataset":"students"}""" },
            TestContext.Current.CancellationToken);
        await world.Jobs.RemoveActiveAsync(job.Id, TestContext.Current.CancellationToken);
        await world.ListActiveAsync(job.Id);

        var before = await world.CleanUpAsync();
        var requeued = await world.Host.GetRequiredService<StaleExports>().RequeueAsync(TestContext.Current.CancellationToken);
        var queued = await world.JobAsync(job);

        Assert.Equal(0, before.Counts.FilesArchived + before.Counts.LeftoversRemoved + before.Counts.JobsRemoved);
        Assert.Equal((1, ExportStatus.Queued), (requeued, queued.Status));

        // A worker adopts the file that the dead one published; its time is over by then.
        var file = new ExportFile(
            job.FileName,
            "text/csv",
            1,
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1])),
            world.Time.GetUtcNow());
        await world.Jobs.TryUpdateAsync(
            queued with { Status = ExportStatus.Succeeded, File = file }, TestContext.Current.CancellationToken);
        var after = await world.CleanUpAsync();

        Assert.Equal(1, after.Counts.FilesArchived);
        Assert.Equal(ExportStatus.Expired, (await world.JobAsync(job)).Status);
    }

    private static string NameOf(ExportJob job) => $"{job.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{job.Id:N}.csv";

    private static async Task<List<string>> UncommittedAsync(MaintenanceWorld world)
    {
        var names = new List<string>();
        await foreach (var blob in world.Files.GetBlobsAsync(
            new GetBlobsOptions { States = BlobStates.Uncommitted }, TestContext.Current.CancellationToken))
            names.Add(blob.Name);
        return names;
    }
}

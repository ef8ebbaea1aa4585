using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Maintenance;

/// <summary>A day that can't be dealt with is passed by, and told of.</summary>
[Integration]
public sealed class StuckDayTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Cleanup_DealsWithLaterDays_AndTellsOfTheOneThatIsStuck_OnceAWeek()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var first = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "first.csv", 41);
        await world.CleanUpAsync();
        var archive = world.Archives.GetBlobClient(MaintenanceWorld.DayOf(first));
        var lease = archive.GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: TestContext.Current.CancellationToken);
        var stuck = await world.AddAsync(MaintenanceWorld.Rows(10, 2), "stuck.csv", 41);
        var later = await world.AddAsync(MaintenanceWorld.Rows(10, 3), "later.csv", 40);

        var run = await world.CleanUpAsync();
        world.Time.Advance(TimeSpan.FromDays(1));
        var second = await world.CleanUpAsync();

        Assert.Equal((MaintenanceRunStatus.Succeeded, 1), (run.Status, run.Counts.FilesArchived));
        Assert.Equal([DateOnly.FromDateTime(stuck.CreatedAt.UtcDateTime)], run.StuckDays);
        Assert.Contains(
            $"The files of {stuck.CreatedAt.UtcDateTime:yyyy-MM-dd} could not be dealt with.", run.Problem, StringComparison.Ordinal);
        Assert.Equal(run.Problem, second.Problem);
        Assert.Equal(
            (ExportStatus.Succeeded, ExportStatus.Expired), ((await world.JobAsync(stuck)).Status, (await world.JobAsync(later)).Status));
        var alert = Assert.Single(await AlertsAsync(world));
        Assert.Equal(
            ($"Cleanup of {stuck.CreatedAt.UtcDateTime:yyyy-MM-dd}", AlertMetric.Cleanup, null, null),
            (alert.RuleName, alert.Metric, alert.RuleId, alert.ExportId));

        world.Time.Advance(TimeSpan.FromDays(7));
        await world.CleanUpAsync();
        Assert.Equal(2, (await AlertsAsync(world)).Count);

        await lease.ReleaseAsync(cancellationToken: TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromDays(1));
        var last = await world.CleanUpAsync();
        Assert.Equal((null, 1), (last.Problem, last.Counts.FilesArchived));
        Assert.Equal(ExportStatus.Expired, (await world.JobAsync(stuck)).Status);
    }

    [Fact]
    public async Task Cleanup_PassesADayByInEachSlice_WhenItsSlicesAreShort()
    {
        await using var world = await MaintenanceWorld.CreateAsync(
            azurite.NewAccount(),
            new("Maintenance:BatchFiles", "1"),
            new KeyValuePair<string,
            string?>("Maintenance:MaxRunTime", "00:00:10"));
        var first = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "first.csv", 41);
        await world.CleanUpAsync();
        await world.Archives.GetBlobClient(MaintenanceWorld.DayOf(first)).GetBlobLeaseClient()
            .AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: TestContext.Current.CancellationToken);
        await world.AddAsync(MaintenanceWorld.Rows(10, 2), "stuck.csv", 41);
        for (var file = 0; file < 3; file++)
            await world.AddAsync(MaintenanceWorld.Rows(10, file), $"{file}.csv", 40);
        world.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(6);

        var run = await world.CleanUpAsync();

        Assert.Equal((MaintenanceRunStatus.Succeeded, 3), (run.Status, run.Counts.FilesArchived));
        Assert.Single(run.StuckDays);
    }

    [Fact]
    public async Task Cleanup_CountsADamagedFileOnce_AndTakesTheOneThatIsPutInItsPlace()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var damaged = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "damaged.csv", 40);
        var blob = world.Files.GetBlobClient($"{damaged.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{MaintenanceWorld.EntryOf(damaged)}");
        await blob.UploadAsync(new BinaryData("other"), overwrite: true, TestContext.Current.CancellationToken);

        var counts = new List<(int Damaged, int Archived)>();
        foreach (var content in new[] { null, null, MaintenanceWorld.Rows(10, 2), null, MaintenanceWorld.Rows(10, 1) })
        {
            if (content is not null)
                await blob.UploadAsync(new BinaryData(content), overwrite: true, TestContext.Current.CancellationToken);
            world.Time.Advance(TimeSpan.FromDays(1));
            var run = await world.CleanUpAsync();
            counts.Add((run.Counts.FilesDamaged, run.Counts.FilesArchived));
        }

        Assert.Equal([(1, 0), (0, 0), (1, 0), (0, 0), (0, 1)], counts);
        Assert.Equal(ExportStatus.Expired, (await world.JobAsync(damaged)).Status);
    }

    private static async Task<IReadOnlyList<Alert>> AlertsAsync(MaintenanceWorld world) =>
        [.. (await world.Host.GetRequiredService<AlertStore>().ListAsync(
            acknowledged: null, 100, continuationToken: null, TestContext.Current.CancellationToken)).Alerts];
}

using Azure.Storage.Blobs.Models;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Maintenance;

[Integration]
public sealed class FileRestoreTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Restore_PublishesTheFileAgain_WithItsMetadataAndManifest()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var content = MaintenanceWorld.Rows(100, 1);
        var job = await world.AddAsync(content, "Βαθμοί.csv", 40);
        var name = $"{job.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{MaintenanceWorld.EntryOf(job)}";
        BlobProperties before =
            await world.Files.GetBlobClient(name).GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken);
        var manifest = (await world.Files.GetBlobClient(name.Replace(
            ".csv",
            ".manifest.json",
            StringComparison.Ordinal)).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
        await world.CleanUpAsync();

        var asked = await world.Restores.AskAsync(job.Id, days: null, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);

        var back = await world.JobAsync(job);
        BlobProperties after =
            await world.Files.GetBlobClient(name).GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((ExportStatus.Expired, 7), (asked!.Status, asked.Restore!.Days));
        Assert.Equal((ExportStatus.Succeeded, world.Time.GetUtcNow().AddDays(7)), (back.Status, back.File!.ExpiresAt));
        Assert.Equal(content, await world.ReadFileAsync(job));
        Assert.Equal((before.ContentType, before.ContentDisposition), (after.ContentType, after.ContentDisposition));
        Assert.Equal(before.Metadata, after.Metadata);
        Assert.Equal(manifest, (await world.Files.GetBlobClient(name.Replace(
            ".csv",
            ".manifest.json",
            StringComparison.Ordinal)).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString());
    }

    [Fact]
    public async Task Ask_ChangesNothing_WhenNoArchiveHoldsTheFile()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var kept = await world.AddAsync([1], "kept.csv", 5);

        var answer = await world.Restores.AskAsync(kept.Id, days: 1, TestContext.Current.CancellationToken);
        var unknown = await world.Restores.AskAsync(Guid.CreateVersion7(), days: 1, TestContext.Current.CancellationToken);

        Assert.Equal((ExportStatus.Succeeded, null), (answer!.Status, answer.Restore));
        Assert.Null(unknown);
        Assert.Empty((await world.Queue.PeekMessagesAsync(1, TestContext.Current.CancellationToken)).Value);
    }

    [Fact]
    public async Task Ask_KeepsARestoredFileForLonger_AndNeverForLess()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await ArchivedAsync(world);
        await world.Restores.AskAsync(job.Id, days: 7, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);
        var back = world.Time.GetUtcNow();
        world.Time.Advance(TimeSpan.FromDays(5));

        var longer = await world.Restores.AskAsync(job.Id, days: 30, TestContext.Current.CancellationToken);
        var shorter = await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromDays(20));
        await world.CleanUpAsync();
        var kept = await world.JobAsync(job);
        world.Time.Advance(TimeSpan.FromDays(11));
        await world.CleanUpAsync();

        Assert.Equal((ExportStatus.Succeeded, back.AddDays(35)), (longer!.Status, longer.File!.ExpiresAt));
        Assert.Equal(longer.File.ExpiresAt, shorter!.File!.ExpiresAt);
        Assert.Equal(ExportStatus.Succeeded, kept.Status);
        Assert.Equal(ExportStatus.Expired, (await world.JobAsync(job)).Status);
        Assert.Equal(2, (await world.ReadArchiveAsync(MaintenanceWorld.DayOf(job))).Count);
    }

    [Fact]
    public async Task Restore_SaysWhy_WhenTheArchiveIsGone()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await ArchivedAsync(world);
        await world.Archives.DeleteBlobAsync(MaintenanceWorld.DayOf(job), cancellationToken: TestContext.Current.CancellationToken);

        await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);

        var still = await world.JobAsync(job);
        Assert.Equal(ExportStatus.Expired, still.Status);
        Assert.Contains("no longer kept", still.Restore!.Problem, StringComparison.Ordinal);
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
    }

    [Fact]
    public async Task Restore_PublishesNothing_WhenTheEntryIsDamaged()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await ArchivedAsync(world);
        var archive = world.Archives.GetBlobClient(MaintenanceWorld.DayOf(job));
        var bytes = (await archive.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
        bytes[100] ^= 1;
        await archive.UploadAsync(new BinaryData(bytes), overwrite: true, TestContext.Current.CancellationToken);

        await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);

        var still = await world.JobAsync(job);
        Assert.Equal(ExportStatus.Expired, still.Status);
        Assert.Contains("does not hold the file", still.Restore!.Problem, StringComparison.Ordinal);
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
    }

    [Fact]
    public async Task Restore_FetchesTheArchiveFirst_WhenItIsInTheArchiveTier()
    {
        await using var world = await MaintenanceWorld.CreateAsync(
            azurite.NewAccount(), new KeyValuePair<string, string?>("Maintenance:RehydrationPause", "00:01:00"));
        var job = await ArchivedAsync(world);
        await world.Archives.GetBlobClient(
            MaintenanceWorld.DayOf(job)).SetAccessTierAsync(AccessTier.Archive, cancellationToken: TestContext.Current.CancellationToken);

        await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);
        var waiting = await world.JobAsync(job);
        var messages = (await world.Queue.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;
        await world.Restores.ProcessAsync(job.Id, TestContext.Current.CancellationToken);

        Assert.Equal((ExportStatus.Expired, null), (waiting.Status, waiting.Restore!.Problem));
        Assert.Equal(1, messages);
        Assert.Equal(ExportStatus.Succeeded, (await world.JobAsync(job)).Status);
    }

    [Fact]
    public async Task Restore_LeavesNoFile_WhenItsJobIsDeletedMeanwhile()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await ArchivedAsync(world);
        await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);

        await world.Jobs.DeleteAsync(job.Id, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);

        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
    }

    [Fact]
    public async Task GiveUp_SaysWhyInTheJob_AndItCanBeAskedForAgain()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await ArchivedAsync(world);
        await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);
        await world.Queue.ClearMessagesAsync(TestContext.Current.CancellationToken);

        await world.Restores.GiveUpAsync(job.Id, "It failed.", TestContext.Current.CancellationToken);
        var given = await world.JobAsync(job);
        await world.Restores.AskAsync(job.Id, days: 2, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);

        Assert.Equal("It failed.", given.Restore!.Problem);
        Assert.Equal(world.Time.GetUtcNow().AddDays(2), (await world.JobAsync(job)).File!.ExpiresAt);
    }

    private static async Task<ExportJob> ArchivedAsync(MaintenanceWorld world)
    {
        var job = await world.AddAsync(MaintenanceWorld.Noise(2000, 1), "marks.pdf", 40);
        await world.CleanUpAsync();
        return job;
    }
}

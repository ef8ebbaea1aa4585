using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Deletions;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Maintenance;

/// <summary>A deletion is a deletion, in archives as well.</summary>
[Integration]
public sealed class ArchiveDeletionTests(AzuriteFixture azurite)
{
    private const int MaxCalls = 120;

    [Fact]
    public async Task Cleanup_RemovesADeletedExportFromItsArchive_AndKeepsTheOthersByteByByte()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var contents = new[]
        {
            MaintenanceWorld.Rows(10, 1),
            MaintenanceWorld.Rows(100_000, 2),
            MaintenanceWorld.Noise(1_500_000, 3),
            MaintenanceWorld.Rows(20, 4),
        };
        var jobs = new List<ExportJob>();
        foreach (var (content, name) in contents.Zip(["a.csv", "b.csv", "c.xlsx", "d.pdf"]))
            jobs.Add(await world.AddAsync(content, name, 40));
        await world.CleanUpAsync();
        var before = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(jobs[0]));

        await DeleteAsync(world, jobs[0]);
        await DeleteAsync(world, jobs[2]);
        var plan = await world.Host.GetRequiredService<CleanupPlanning>().MakeAsync(TestContext.Current.CancellationToken);
        var untouched = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(jobs[0]));
        world.Time.Advance(TimeSpan.FromDays(1));
        var run = await world.CleanUpAsync();

        var after = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(jobs[0]));
        Assert.Equal((2, 2), (plan.Counts.ArchivedFilesRemoved, run.Counts.ArchivedFilesRemoved));
        Assert.Equal(
            new[] { jobs[0], jobs[2] }.Select(job => (job.Id, MaintenanceWorld.EntryOf(job), CleanupAction.RemoveFromArchive)).Order(),
            plan.Files.Select(file => (file.ExportId, file.Name, file.Action)).Order());
        Assert.Equal([contents[0].Length, contents[2].Length], plan.Files.OrderBy(file => file.Bytes).Select(file => file.Bytes));
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), untouched.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            new[] { jobs[1], jobs[3] }.SelectMany(
                job => new[] { MaintenanceWorld.EntryOf(job), $"{job.Id:N}.manifest.json" }).Order(StringComparer.Ordinal),
            after.Keys.Order(StringComparer.Ordinal));
        Assert.All(after, entry => Assert.Equal(before[entry.Key], entry.Value));
        Assert.Empty((await world.Host.GetRequiredService<CleanupPlanning>().MakeAsync(TestContext.Current.CancellationToken)).Files);
    }

    [Fact]
    public async Task Archive_GoesOn_AfterItWasRewritten()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var (deleted, kept) = (
            await world.AddAsync(MaintenanceWorld.Rows(10, 1), "deleted.csv", 40),
            await world.AddAsync(MaintenanceWorld.Rows(100_000, 2), "kept.csv", 40));
        await world.CleanUpAsync();
        await DeleteAsync(world, deleted);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.CleanUpAsync();
        var later = await world.AddAsync(MaintenanceWorld.Rows(30, 3), "later.csv", 41);

        await world.CleanUpAsync();
        await world.Restores.AskAsync(kept.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);

        Assert.Equal([MaintenanceWorld.DayOf(kept)], await MaintenanceWorld.NamesAsync(world.Archives));
        Assert.Equal(4, (await world.ReadArchiveAsync(MaintenanceWorld.DayOf(later))).Count);
        Assert.Equal(MaintenanceWorld.Rows(100_000, 2), await world.ReadFileAsync(kept));
    }

    [Fact]
    public async Task Archive_IsRemoved_WhenNothingIsLeftInIt()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var only = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "only.csv", 40);
        await world.CleanUpAsync();

        await DeleteAsync(world, only);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.CleanUpAsync();

        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Archives));
    }

    [Fact]
    public async Task Archive_LosesTheExport_WhoseRecordCannotBeRead()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var only = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "only.csv", 40);
        await world.CleanUpAsync();
        var jobs = world.Host.GetRequiredService<StorageAccount>().Tables.GetTableClient(StorageNames.JobsTable);
        var key = NewestFirstKey.Of(only.Id);
        TableEntity record = await jobs.GetEntityAsync<TableEntity>(
            key.Partition, key.Row, cancellationToken: TestContext.Current.CancellationToken);
        record["status"] = "melted";
        await jobs.UpdateEntityAsync(record, Azure.ETag.All, TableUpdateMode.Replace, TestContext.Current.CancellationToken);

        await DeleteAsync(world, only);
        world.Time.Advance(TimeSpan.FromDays(1));
        var run = await world.CleanUpAsync();

        Assert.Equal(1, run.Counts.ArchivedFilesRemoved);
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Archives));
    }

    [Fact]
    public async Task Cleanup_RemovesADeletedExportFromEveryPart_AndTheNextPartIsStillFound()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var first = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "first.csv", 40);
        await world.CleanUpAsync();
        await SpoilBlocksAsync(world, first);
        var second = await world.AddAsync(MaintenanceWorld.Rows(10, 2), "second.csv", 40);
        await world.CleanUpAsync();

        await DeleteAsync(world, first);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.CleanUpAsync();
        await world.Restores.AskAsync(second.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);
        await DeleteAsync(world, await world.JobAsync(second));
        world.Time.Advance(TimeSpan.FromDays(1));
        var run = await world.CleanUpAsync();

        Assert.Equal(1, run.Counts.ArchivedFilesRemoved);
        Assert.Empty(await world.ReadArchiveAsync(MaintenanceWorld.DayOf(first)));
        Assert.Empty(await world.ReadArchiveAsync(MaintenanceWorld.DayOf(first).Replace(".zip", "-2.zip", StringComparison.Ordinal)));
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
    }

    [Fact]
    public async Task Cleanup_FetchesAnArchiveFromItsTier_AndTheDeletionWaitsUntilThen()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var (deleted, kept) = (
            await world.AddAsync(MaintenanceWorld.Rows(10, 1), "deleted.csv", 40),
            await world.AddAsync(MaintenanceWorld.Rows(20, 2), "kept.csv", 40));
        await world.CleanUpAsync();
        await world.Archives.GetBlobClient(MaintenanceWorld.DayOf(kept)).SetAccessTierAsync(
            AccessTier.Archive, cancellationToken: TestContext.Current.CancellationToken);
        await DeleteAsync(world, deleted);

        world.Time.Advance(TimeSpan.FromDays(1));
        var first = await world.CleanUpAsync();
        var plan = await world.Host.GetRequiredService<CleanupPlanning>().MakeAsync(TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromDays(1));
        var second = await world.CleanUpAsync();

        Assert.Equal((0, 1, 1), (first.Counts.ArchivedFilesRemoved, plan.Counts.ArchivedFilesRemoved, second.Counts.ArchivedFilesRemoved));
        Assert.Null(first.Problem);
        Assert.Equal(2, (await world.ReadArchiveAsync(MaintenanceWorld.DayOf(kept))).Count);
    }

    [Fact]
    public async Task Deletion_Waits_AndIsToldOf_WhenTheArchiveCannotBeRead()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var deleted = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "deleted.csv", 40);
        var other = await world.AddAsync(MaintenanceWorld.Rows(10, 2), "other.csv", 39);
        await world.CleanUpAsync();
        await world.Archives.GetBlobClient(MaintenanceWorld.DayOf(deleted)).UploadAsync(
            new BinaryData("overwritten by somebody"), overwrite: true, TestContext.Current.CancellationToken);
        await DeleteAsync(world, deleted);
        await DeleteAsync(world, other);

        world.Time.Advance(TimeSpan.FromDays(1));
        var run = await world.CleanUpAsync();

        Assert.Equal([DateOnly.FromDateTime(deleted.CreatedAt.UtcDateTime)], run.StuckArchives);
        Assert.Contains("Deleted exports could not be removed", run.Problem, StringComparison.Ordinal);
        Assert.Equal(1, run.Counts.ArchivedFilesRemoved);
        Assert.Equal([MaintenanceWorld.DayOf(deleted)], await MaintenanceWorld.NamesAsync(world.Archives));
        Assert.Equal(
            [deleted.Id], (await world.Host.GetRequiredService<ArchiveDeletions>().ListAsync(TestContext.Current.CancellationToken)).Select(
                deletion => deletion.ExportId));
    }

    [Fact]
    public async Task Cleanup_RemovesWhatItHadPacked_WhenTheExportWasDeletedMeanwhile()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        var day = DateOnly.FromDateTime(job.CreatedAt.UtcDateTime);
        await foreach (
            var batch in world.Host.GetRequiredService<ExpiredFileFinder>().BatchesAsync(day, TestContext.Current.CancellationToken))
        {
            await world.Jobs.DeleteAsync(job.Id, TestContext.Current.CancellationToken);
            await world.Host.GetRequiredService<FileCleanup>().RunAsync(day, batch, TestContext.Current.CancellationToken);
        }

        Assert.Single(await MaintenanceWorld.NamesAsync(world.Archives));
        await world.CleanUpAsync();

        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Archives));
    }

    [Fact]
    public async Task Manifests_LoseTheAddressesOfEarlierVersions_WhenTheyArePackedRewrittenOrRestored()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var (deleted, kept) = (
            await world.AddAsync(MaintenanceWorld.Rows(10, 1), "deleted.csv", 40),
            await world.AddAsync(MaintenanceWorld.Rows(20, 2), "kept.csv", 40));
        var manifest = $"{kept.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{kept.Id:N}.manifest.json";
        var old = await WithAddressAsync(world, manifest);
        await world.CleanUpAsync();
        var packed = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(kept));

        await ReplaceEntryAsync(world, kept, $"{kept.Id:N}.manifest.json", old);
        await DeleteAsync(world, deleted);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.CleanUpAsync();
        var rewritten = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(kept));
        await ReplaceEntryAsync(world, kept, $"{kept.Id:N}.manifest.json", old);
        await world.Restores.AskAsync(kept.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);
        var restored = (await world.Files.GetBlobClient(manifest).DownloadContentAsync(TestContext.Current.CancellationToken))
            .Value.Content.ToString();

        Assert.Contains("head@example.org", Encoding.UTF8.GetString(old), StringComparison.Ordinal);
        foreach (var text in new[] { Encoding.UTF8.GetString(
            packed[$"{kept.Id:N}.manifest.json"]), Encoding.UTF8.GetString(rewritten[$"{kept.Id:N}.manifest.json"]), restored })
        {
            Assert.DoesNotContain("example.org", text, StringComparison.Ordinal);
            Assert.Contains("\"request\":{\"dataset\":\"numbers\"}", text, StringComparison.Ordinal);
        }

        Assert.Equal(MaintenanceWorld.Rows(20, 2), await world.ReadFileAsync(kept));
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Cleanup_RemovesADeletedExport_WhereverTheHostDies(FuseMoment moment)
    {
        var deaths = 0;
        var connection = azurite.NewAccount();
        for (var call = 1; call <= MaxCalls; call++)
        {
            await using var world = await MaintenanceWorld.CreateAsync(connection);
            var (deleted, kept) = (
                await world.AddAsync(MaintenanceWorld.Rows(10, call), "deleted.csv", 40 + call),
                await world.AddAsync(MaintenanceWorld.Rows(20, call), "kept.csv", 40 + call));
            await world.CleanUpAsync();
            await DeleteAsync(world, deleted);
            world.Time.Advance(TimeSpan.FromSeconds(1));
            var run = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);

            var fuse = new Fuse(call, moment);
            await using var host = world.NewHost(fuse);
            await Record.ExceptionAsync(
                () => host.GetRequiredService<CleanupRuns>().ContinueAsync(run.Id, TestContext.Current.CancellationToken));
            await world.Cleanups.ContinueAsync(run.Id, TestContext.Current.CancellationToken);
            await world.Queue.ClearMessagesAsync(TestContext.Current.CancellationToken);

            var entries = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(kept));
            Assert.True(entries.Count == 2, $"killed {moment} call {call}: {string.Join(", ", entries.Keys)}");
            Assert.Equal(MaintenanceWorld.Rows(20, call), entries[MaintenanceWorld.EntryOf(kept)]);
            Assert.Empty(await world.Host.GetRequiredService<ArchiveDeletions>().ListAsync(TestContext.Current.CancellationToken));
            if (!fuse.IsBlown)
                break;
            deaths++;
        }

        Assert.InRange(deaths, 10, MaxCalls - 1);
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Deletion_IsNotedBeforeTheRecordGoes_WhereverTheHostDies(FuseMoment moment)
    {
        var deaths = 0;
        var connection = azurite.NewAccount();
        await using var world = await MaintenanceWorld.CreateAsync(connection);
        for (var call = 1; call <= MaxCalls; call++)
        {
            var job = await world.AddAsync(MaintenanceWorld.Rows(10, call), "marks.csv", 40);
            await world.CleanUpAsync();

            var fuse = new Fuse(call, moment);
            await using var host = world.NewHost(fuse);
            await Record.ExceptionAsync(
                () => host.GetRequiredService<ExportRemoval>().DeleteAsync(job.Id, TestContext.Current.CancellationToken));

            var waiting = await world.Host.GetRequiredService<ArchiveDeletions>().ListAsync(TestContext.Current.CancellationToken);
            var isThere = await world.Jobs.FindAsync(job.Id, TestContext.Current.CancellationToken) is not null;
            Assert.True(isThere || waiting.Any(deletion => deletion.ExportId == job.Id), $"killed {moment} call {call}");
            if (!fuse.IsBlown)
                break;
            deaths++;
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(deaths, 3, MaxCalls - 1);
    }

    private static async Task DeleteAsync(MaintenanceWorld world, ExportJob job) =>
        Assert.True(await world.Host.GetRequiredService<ExportRemoval>().DeleteAsync(job.Id, TestContext.Current.CancellationToken));

    /// <summary>Puts into a manifest what earlier versions wrote there.</summary>
    private static async Task<byte[]> WithAddressAsync(MaintenanceWorld world, string name)
    {
        var blob = world.Files.GetBlobClient(name);
        var text = (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
        var old = Encoding.UTF8.GetBytes(text.Replace(
            "\"request\":{\"dataset\":\"numbers\"}",
            "\"request\":{\"dataset\":\"numbers\",\"notify\":[\"head@example.org\"],\"attachFile\":true}", StringComparison.Ordinal));
        await blob.UploadAsync(new BinaryData(old), overwrite: true, TestContext.Current.CancellationToken);
        return old;
    }

    /// <summary>Makes an archive anew, by a writer that is not ours, with another content of an entry.</summary>
    private static async Task ReplaceEntryAsync(MaintenanceWorld world, ExportJob job, string name, byte[] content)
    {
        var entries = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(job));
        entries[name] = content;
        using var bytes = new MemoryStream();
        await using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entryName, entryContent) in entries)
            {
                await using var stream = await zip.CreateEntry(entryName, CompressionLevel.Fastest).OpenAsync(
                    TestContext.Current.CancellationToken);
                await stream.WriteAsync(entryContent, TestContext.Current.CancellationToken);
            }
        }

        await world.Archives.GetBlobClient(MaintenanceWorld.DayOf(job)).UploadAsync(
            new BinaryData(bytes.ToArray()), overwrite: true, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes an archive again in one block, so that it can't go on.</summary>
    private static async Task SpoilBlocksAsync(MaintenanceWorld world, ExportJob job)
    {
        var archive = world.Archives.GetBlockBlobClient(MaintenanceWorld.DayOf(job));
        var bytes = (await archive.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
        await archive.StageBlockAsync(
            Convert.ToBase64String("a"u8), new MemoryStream(bytes), cancellationToken: TestContext.Current.CancellationToken);
        await archive.CommitBlockListAsync([Convert.ToBase64String("a"u8)], cancellationToken: TestContext.Current.CancellationToken);
    }
}

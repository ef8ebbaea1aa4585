using System.IO.Compression;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Maintenance;

[Integration]
public sealed class CleanupTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Cleanup_PacksOneArchiveADay_AndItsJobsSayWhere()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var small = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        var large = await world.AddAsync(MaintenanceWorld.Rows(100_000, 2), "Βαθμοί.csv", 40);
        var workbook = await world.AddAsync(MaintenanceWorld.Noise(3_000_000, 3), "students.xlsx", 40);
        var other = await world.AddAsync(MaintenanceWorld.Noise(100, 4), "page.pdf", 41);

        var run = await world.CleanUpAsync();

        Assert.Equal(MaintenanceRunStatus.Succeeded, run.Status);
        Assert.Equal(4, run.Counts.FilesArchived);
        Assert.Equal(large.File!.Bytes + small.File!.Bytes + workbook.File!.Bytes + other.File!.Bytes, run.Counts.BytesArchived);
        Assert.Equal(
            new[] { MaintenanceWorld.DayOf(other), MaintenanceWorld.DayOf(small) }, await MaintenanceWorld.NamesAsync(world.Archives));
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
        var entries = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(small));
        Assert.Equal(6, entries.Count);
        Assert.Equal(MaintenanceWorld.Rows(10, 1), entries[MaintenanceWorld.EntryOf(small)]);
        Assert.Equal(MaintenanceWorld.Rows(100_000, 2), entries[MaintenanceWorld.EntryOf(large)]);
        Assert.Equal(MaintenanceWorld.Noise(3_000_000, 3), entries[MaintenanceWorld.EntryOf(workbook)]);
        Assert.NotNull(ExportManifest.TryParse(new BinaryData(entries[$"{large.Id:N}.manifest.json"])));
        foreach (var job in new[] { small, large, workbook, other })
        {
            var expired = await world.JobAsync(job);
            Assert.Equal(ExportStatus.Expired, expired.Status);
            Assert.Equal((MaintenanceWorld.DayOf(job), MaintenanceWorld.EntryOf(job)), (expired.Archive!.Blob, expired.Archive.Entry));
        }
    }

    [Fact]
    public async Task Cleanup_DeflatesText_AndStoresWhatIsCompressed()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var jobs = new List<ExportJob>();
        foreach (var (rows, name) in new[] { (10, "a.csv"), (100_000, "b.csv"), (10, "c.xlsx"), (100_000, "d.xlsx"), (10, "e.csv.gz") })
            jobs.Add(await world.AddAsync(MaintenanceWorld.Rows(rows, rows), name, 40));

        await world.CleanUpAsync();

        var content = (await world.Archives.GetBlobClient(
            MaintenanceWorld.DayOf(jobs[0])).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content;
        await using var zip = new ZipArchive(content.ToStream(), ZipArchiveMode.Read);
        var isPacked =
            jobs.Select(job => zip.GetEntry(MaintenanceWorld.EntryOf(job))!).Select(entry => entry.CompressedLength < entry.Length);
        Assert.Equal([true, true, false, false, false], isPacked);
    }

    [Fact]
    public async Task Cleanup_AddsToTheArchiveOfItsDay_WhenFurtherFilesOfItExpire()
    {
        await using var world =
            await MaintenanceWorld.CreateAsync(azurite.NewAccount(), new KeyValuePair<string, string?>("Maintenance:BatchFiles", "2"));
        var first = new List<ExportJob>();
        for (var file = 0; file < 5; file++)
            first.Add(await world.AddAsync(MaintenanceWorld.Rows(20 + (file * 40_000), file), $"{file}.csv", 40));
        await world.CleanUpAsync();
        var later = await world.AddAsync(MaintenanceWorld.Noise(2_000_000, 9), "later.pdf", 40);

        var run = await world.CleanUpAsync();

        Assert.Equal(1, run.Counts.FilesArchived);
        Assert.Equal([MaintenanceWorld.DayOf(later)], await MaintenanceWorld.NamesAsync(world.Archives));
        var entries = await world.ReadArchiveAsync(MaintenanceWorld.DayOf(later));
        Assert.Equal(12, entries.Count);
        for (var file = 0; file < 5; file++)
            Assert.Equal(MaintenanceWorld.Rows(20 + (file * 40_000), file), entries[MaintenanceWorld.EntryOf(first[file])]);
        Assert.Equal(MaintenanceWorld.Noise(2_000_000, 9), entries[MaintenanceWorld.EntryOf(later)]);
    }

    [Fact]
    public async Task Cleanup_LeavesAlone_WhatIsKeptOrUnderWay()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var young = await world.AddAsync([1], "young.csv", 5);
        var running = await world.AddAsync([2], "running.csv", 40, ExportStatus.Running);
        var restored = await world.AddAsync([3], "restored.csv", 40);
        await world.Jobs.TryUpdateAsync(
            restored with { File = restored.File! with { ExpiresAt = world.Time.GetUtcNow().AddDays(1) } },
            TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal(new CleanupCounts(), run.Counts);
        Assert.Equal(6, (await MaintenanceWorld.NamesAsync(world.Files)).Count);
        Assert.Equal(
            [ExportStatus.Succeeded, ExportStatus.Running, ExportStatus.Succeeded],
            [(await world.JobAsync(young)).Status, (await world.JobAsync(running)).Status, (await world.JobAsync(restored)).Status]);
    }

    [Fact]
    public async Task Cleanup_RemovesFiles_WhenTheSettingsSaySo()
    {
        await using var world = await MaintenanceWorld.CreateAsync(
            azurite.NewAccount(), new KeyValuePair<string, string?>("Maintenance:ExpiredFiles", "delete"));
        var job = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);

        var run = await world.CleanUpAsync();

        Assert.Equal((1, job.File!.Bytes, 0), (run.Counts.FilesRemoved, run.Counts.BytesRemoved, run.Counts.FilesArchived));
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Archives));
        var expired = await world.JobAsync(job);
        Assert.Equal((ExportStatus.Expired, null), (expired.Status, expired.Archive));
    }

    [Fact]
    public async Task Cleanup_RemovesFilesThatNoJobShows()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var deleted = await world.AddAsync([1], "deleted.csv", 40);
        await world.Jobs.DeleteAsync(deleted.Id, TestContext.Current.CancellationToken);
        await world.AddAsync([2], "failed.csv", 40, ExportStatus.Failed);
        await world.AddAsync([3], "canceled.csv", 40, ExportStatus.Canceled);
        await world.Files.UploadBlobAsync("2020/01/01/not-ours.txt", new BinaryData("x"), TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal(new CleanupCounts { LeftoversRemoved = 3 }, run.Counts);
        Assert.Equal(["2020/01/01/not-ours.txt"], await MaintenanceWorld.NamesAsync(world.Files));
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Archives));
    }

    [Fact]
    public async Task Cleanup_RemovesFilesThatNoJobShows_OfDaysThatAreNotOver_AndThePlanListsThem()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var deleted = await world.AddAsync([1], "deleted.csv", 0.1);
        await world.Jobs.DeleteAsync(deleted.Id, TestContext.Current.CancellationToken);
        var failed = await world.AddAsync([2], "failed.csv", 3, ExportStatus.Failed);
        var kept = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "kept.csv", 0.1);
        var running = await world.AddAsync(MaintenanceWorld.Rows(10, 2), "running.csv", 0.1, ExportStatus.Running);

        var plan = await world.Host.GetRequiredService<CleanupPlanning>().MakeAsync(TestContext.Current.CancellationToken);
        var run = await world.CleanUpAsync();

        Assert.Equal(
            new[] { deleted.Id, failed.Id }.Order(), plan.Files.Where(file => file.Action == CleanupAction.RemoveLeftover).Select(
                file => file.ExportId).Order());
        Assert.Equal(new CleanupCounts { LeftoversRemoved = 2 }, run.Counts);
        var names = await MaintenanceWorld.NamesAsync(world.Files);
        Assert.Equal(
            4, names.Count(
                name => name.Contains($"{kept.Id:N}", StringComparison.Ordinal) || name.Contains(
                    $"{running.Id:N}", StringComparison.Ordinal)));
        Assert.Equal(4, names.Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task Cleanup_KeepsAFile_WhoseBytesAreNotThosePublished(int rows)
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var damaged = await world.AddAsync(MaintenanceWorld.Rows(rows, 1), "damaged.csv", 40);
        var whole = await world.AddAsync(MaintenanceWorld.Rows(10, 2), "whole.csv", 40);
        var name = (await MaintenanceWorld.NamesAsync(world.Files)).Single(
            blob => blob.EndsWith(MaintenanceWorld.EntryOf(damaged), StringComparison.Ordinal));
        await world.Files.GetBlobClient(name).UploadAsync(
            new BinaryData(MaintenanceWorld.Rows(rows, 3)), overwrite: true, TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal((1, 1), (run.Counts.FilesArchived, run.Counts.FilesDamaged));
        Assert.Equal(
            (ExportStatus.Succeeded, ExportStatus.Expired), ((await world.JobAsync(damaged)).Status, (await world.JobAsync(whole)).Status));
        Assert.Contains(name, await MaintenanceWorld.NamesAsync(world.Files));
        Assert.DoesNotContain(MaintenanceWorld.EntryOf(damaged), await world.ReadArchiveAsync(MaintenanceWorld.DayOf(whole)));
    }

    [Fact]
    public async Task Cleanup_KeepsTheOriginal_WhenTheArchiveIsDamagedBehindItsBack()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync(MaintenanceWorld.Noise(2000, 1), "marks.pdf", 40);
        await world.CleanUpAsync();
        var archive = world.Archives.GetBlockBlobClient(MaintenanceWorld.DayOf(job));
        var bytes = (await archive.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
        bytes[500] ^= 1;
        await archive.StageBlockAsync(
            Convert.ToBase64String("a"u8), new MemoryStream(bytes), cancellationToken: TestContext.Current.CancellationToken);
        await archive.CommitBlockListAsync([Convert.ToBase64String("a"u8)], cancellationToken: TestContext.Current.CancellationToken);
        await world.Files.UploadBlobAsync(
            $"{job.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{MaintenanceWorld.EntryOf(job)}",
            new BinaryData(MaintenanceWorld.Noise(2000, 1)),
            TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal((0, 1), (run.Counts.FilesArchived, run.Counts.FilesDamaged));
        Assert.Single(await MaintenanceWorld.NamesAsync(world.Files));
    }

    [Fact]
    public async Task Cleanup_BeginsAFurtherArchive_WhenTheFirstIsNotItsOwn()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        using var foreign = new MemoryStream();
        await using (var zip = new ZipArchive(foreign, ZipArchiveMode.Create, leaveOpen: true))
            await zip.CreateEntryFromFileAsync(
                typeof(CleanupTests).Assembly.Location, "something.dll", TestContext.Current.CancellationToken);
        await world.Archives.UploadBlobAsync(
            MaintenanceWorld.DayOf(job), new BinaryData(foreign.ToArray()), TestContext.Current.CancellationToken);

        await world.CleanUpAsync();

        var second = MaintenanceWorld.DayOf(job).Replace(".zip", "-2.zip", StringComparison.Ordinal);
        Assert.Equal(second, (await world.JobAsync(job)).Archive!.Blob);
        Assert.Equal(MaintenanceWorld.Rows(10, 1), (await world.ReadArchiveAsync(second))[MaintenanceWorld.EntryOf(job)]);
        Assert.Equal(foreign.ToArray(), (await world.Archives.GetBlobClient(
            MaintenanceWorld.DayOf(job)).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no archive at all, and long enough to be looked at in earnest: nobody's, and nothing of ours is in it.")]
    public async Task Cleanup_BeginsAFurtherArchive_WhenWhatIsThereIsNoArchive(string content)
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        await world.Archives.UploadBlobAsync(MaintenanceWorld.DayOf(job), new BinaryData(content), TestContext.Current.CancellationToken);

        var run = await world.CleanUpAsync();

        Assert.Equal((MaintenanceRunStatus.Succeeded, 1), (run.Status, run.Counts.FilesArchived));
        Assert.Equal(
            MaintenanceWorld.DayOf(job).Replace(".zip", "-2.zip", StringComparison.Ordinal), (await world.JobAsync(job)).Archive!.Blob);
    }

    [Fact]
    public async Task Cleanup_ArchivesARestoredFileAnew_WhenItsFirstArchiveIsGone()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        await world.CleanUpAsync();
        await world.Restores.AskAsync(job.Id, days: 1, TestContext.Current.CancellationToken);
        await world.DeliverAsync(world.Host);
        await world.Archives.GetBlobClient(
            MaintenanceWorld.DayOf(job)).UploadAsync(new BinaryData("overwritten"), overwrite: true, TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromDays(2));

        await world.CleanUpAsync();

        var place = (await world.JobAsync(job)).Archive!;
        Assert.Equal(MaintenanceWorld.DayOf(job).Replace(".zip", "-2.zip", StringComparison.Ordinal), place.Blob);
        Assert.Equal(MaintenanceWorld.Rows(10, 1), (await world.ReadArchiveAsync(place.Blob))[place.Entry]);
    }

    [Fact]
    public async Task Run_ComesToItsEnd_AndCountsWhatStaysOnce_WhenItsSlicesAreShort()
    {
        await using var world = await MaintenanceWorld.CreateAsync(
            azurite.NewAccount(),
            new("Maintenance:BatchFiles", "1"),
            new KeyValuePair<string,
            string?>("Maintenance:MaxRunTime", "00:00:10"));
        var damaged = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "damaged.csv", 41);
        await world.Files.GetBlobClient($"{damaged.CreatedAt.UtcDateTime:yyyy'/'MM'/'dd}/{MaintenanceWorld.EntryOf(damaged)}")
            .UploadAsync(new BinaryData("other"), overwrite: true, TestContext.Current.CancellationToken);
        for (var file = 0; file < 2; file++)
            await world.AddAsync(MaintenanceWorld.Rows(10, file), $"{file}.csv", 40);
        world.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(60);

        var run = await world.CleanUpAsync();

        Assert.Equal((MaintenanceRunStatus.Succeeded, 2, 1), (run.Status, run.Counts.FilesArchived, run.Counts.FilesDamaged));
    }

    [Fact]
    public async Task Cleanup_BeginsAFurtherArchive_WhenTheFirstIsInTheArchiveTier()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var first = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "first.csv", 40);
        await world.CleanUpAsync();
        await world.Archives.GetBlobClient(
            MaintenanceWorld.DayOf(first)).SetAccessTierAsync(AccessTier.Archive, cancellationToken: TestContext.Current.CancellationToken);
        var second = await world.AddAsync(MaintenanceWorld.Rows(10, 2), "second.csv", 40);

        var run = await world.CleanUpAsync();

        Assert.Equal(1, run.Counts.FilesArchived);
        Assert.Equal(
            MaintenanceWorld.DayOf(first).Replace(".zip", "-2.zip", StringComparison.Ordinal),
            (await world.JobAsync(second)).Archive!.Blob);
    }

    [Fact]
    public async Task Plan_IsWhatTheRunDoes_AndChangesNothing()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var archived = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        var failed = await world.AddAsync([1], "failed.csv", 41, ExportStatus.Failed);
        var before = await MaintenanceWorld.NamesAsync(world.Files);

        var plan = await world.Host.GetRequiredService<CleanupPlanning>().MakeAsync(TestContext.Current.CancellationToken);
        var untouched = await MaintenanceWorld.NamesAsync(world.Files);
        var run = await world.CleanUpAsync();

        Assert.Equal(run.Counts, plan.Counts);
        Assert.Equal(before, untouched);
        Assert.Equal(
            [DateOnly.FromDateTime(failed.CreatedAt.UtcDateTime), DateOnly.FromDateTime(archived.CreatedAt.UtcDateTime)],
            plan.Days.Select(day => day.Day));
        Assert.Equal([null, MaintenanceWorld.DayOf(archived)], plan.Days.Select(day => day.Archive));
        Assert.Equal(
            [(failed.Id, CleanupAction.RemoveLeftover), (archived.Id, CleanupAction.Archive)],
            plan.Files.Select(file => (file.ExportId, file.Action)));
        Assert.False(plan.IsCutOff);
    }

    [Fact]
    public async Task Run_GoesOnWithAFurtherMessage_WhenItsSliceIsOver()
    {
        await using var world = await MaintenanceWorld.CreateAsync(
            azurite.NewAccount(),
            new("Maintenance:BatchFiles", "1"),
            new KeyValuePair<string,
            string?>("Maintenance:MaxRunTime", "00:00:10"));
        for (var file = 0; file < 3; file++)
            await world.AddAsync(MaintenanceWorld.Rows(10, file), $"{file}.csv", 40);
        world.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(6);
        var run = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);

        var slices = 0;
        for (; slices < 10 && (await world.Queue.PeekMessagesAsync(1, TestContext.Current.CancellationToken)).Value.Length > 0; slices++)
            await world.DeliverAsync(world.Host, most: 1);

        var ended = await world.Host.GetRequiredService<MaintenanceRunStore>().FindAsync(run.Id, TestContext.Current.CancellationToken);
        Assert.InRange(slices, 2, 4);
        Assert.Equal((MaintenanceRunStatus.Succeeded, 3), (ended!.Status, ended.Counts.FilesArchived));
    }

    [Fact]
    public async Task Start_AnswersTheOpenRun_UntilItWasSilentForAnHour()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var first = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);

        var again = await world.Cleanups.StartAsync(byHand: true, TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromMinutes(61));
        var later = await world.Cleanups.StartAsync(byHand: true, TestContext.Current.CancellationToken);

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, later.Id);
    }

    [Fact]
    public async Task Start_BeginsARun_WhenAClockThatRanAheadBeganOne()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var ahead = world.Time.GetUtcNow().AddYears(1);
        var runs = world.Host.GetRequiredService<MaintenanceRunStore>();
        await runs.AddAsync(
            new MaintenanceRun
            {
                Id = Guid.CreateVersion7(ahead),
                Status = MaintenanceRunStatus.Running,
                ByHand = false,
                CreatedAt = ahead,
                UpdatedAt = ahead
            },
            TestContext.Current.CancellationToken);

        var begun = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);
        var again = await world.Cleanups.StartAsync(byHand: true, TestContext.Current.CancellationToken);

        Assert.Equal(world.Time.GetUtcNow(), begun.CreatedAt);
        Assert.Equal(begun.Id, again.Id);
    }

    [Fact]
    public async Task GiveUp_FailsTheRunInWords_AndTheNextRunGoesOn()
    {
        await using var world = await MaintenanceWorld.CreateAsync(azurite.NewAccount());
        var job = await world.AddAsync(MaintenanceWorld.Rows(10, 1), "marks.csv", 40);
        var failed = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);
        await world.Queue.ClearMessagesAsync(TestContext.Current.CancellationToken);

        await world.Cleanups.GiveUpAsync(failed.Id, TestContext.Current.CancellationToken);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var next = await world.CleanUpAsync();

        var given = await world.Host.GetRequiredService<MaintenanceRunStore>().FindAsync(failed.Id, TestContext.Current.CancellationToken);
        Assert.Equal(MaintenanceRunStatus.Failed, given!.Status);
        Assert.Contains("too often", given.Problem, StringComparison.Ordinal);
        Assert.Equal((MaintenanceRunStatus.Succeeded, 1), (next.Status, next.Counts.FilesArchived));
        Assert.Equal(ExportStatus.Expired, (await world.JobAsync(job)).Status);
    }
}

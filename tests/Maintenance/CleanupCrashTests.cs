using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Maintenance;

/// <summary>
/// Kills the host at each of its calls to the storage account, on the way there and on the way back; another host then takes the message
/// up. Nothing is lost and nothing is done twice.
/// </summary>
[Integration]
public sealed class CleanupCrashTests(AzuriteFixture azurite)
{
    private const int MaxCalls = 120;

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Cleanup_ArchivesEachFileOnce_WhereverTheHostDies(FuseMoment moment)
    {
        var deaths = 0;
        var connection = azurite.NewAccount();
        for (var call = 1; call <= MaxCalls; call++)
        {
            await using var world =
                await MaintenanceWorld.CreateAsync(connection, new KeyValuePair<string, string?>("Maintenance:BatchFiles", "2"));

            // Each round has a day of its own, on the same account.
            var day = 40 + call;
            var jobs = new List<(ExportJob Job, byte[] Content)>();
            foreach (var (content, name) in new[] { (MaintenanceWorld.Rows(10, call), "small.csv"), (
                MaintenanceWorld.Noise(1_500_000, call), "large.xlsx"), (MaintenanceWorld.Rows(20, call), "other.csv") })
                jobs.Add((await world.AddAsync(content, name, day), content));
            var run = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);

            var fuse = new Fuse(call, moment);
            await using var host = world.NewHost(fuse);
            await Record.ExceptionAsync(
                () => host.GetRequiredService<CleanupRuns>().ContinueAsync(run.Id, TestContext.Current.CancellationToken));
            await world.Cleanups.ContinueAsync(run.Id, TestContext.Current.CancellationToken);
            await world.Queue.ClearMessagesAsync(TestContext.Current.CancellationToken);

            await AssertArchivedOnceAsync(world, jobs, $"killed {moment} call {call}");
            Assert.Equal(MaintenanceRunStatus.Succeeded, (await world.Host.GetRequiredService<MaintenanceRunStore>().FindAsync(
                run.Id, TestContext.Current.CancellationToken))!.Status);
            if (!fuse.IsBlown)
                break;
            deaths++;
        }

        Assert.InRange(deaths, 30, MaxCalls - 1);
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Restore_BringsTheFileBackOnce_WhereverTheHostDies(FuseMoment moment)
    {
        var deaths = 0;
        var connection = azurite.NewAccount();
        for (var call = 1; call <= MaxCalls; call++)
        {
            await using var world = await MaintenanceWorld.CreateAsync(connection);
            var content = MaintenanceWorld.Rows(200_000, call);
            var job = await world.AddAsync(content, "marks.csv", 40 + call);
            await world.CleanUpAsync();
            await world.Restores.AskAsync(job.Id, days: 3, TestContext.Current.CancellationToken);

            var fuse = new Fuse(call, moment);
            await using var host = world.NewHost(fuse);
            await Record.ExceptionAsync(
                () => host.GetRequiredService<FileRestores>().ProcessAsync(job.Id, TestContext.Current.CancellationToken));
            await world.DeliverAsync(world.Host);

            var back = await world.JobAsync(job);
            Assert.True(back.Status == ExportStatus.Succeeded, $"killed {moment} call {call}: {back.Status}");
            Assert.Null(back.Restore);
            Assert.Equal(world.Time.GetUtcNow().AddDays(3), back.File!.ExpiresAt);
            Assert.Equal(content, await world.ReadFileAsync(job));
            Assert.Equal(2, (await MaintenanceWorld.NamesAsync(world.Files)).Count);

            // Then it expires again, and is in the archive once.
            world.Time.Advance(TimeSpan.FromDays(4));
            await world.CleanUpAsync();
            await AssertArchivedOnceAsync(world, [(job, content)], $"killed {moment} call {call}, then expired again");
            if (!fuse.IsBlown)
                break;
            deaths++;
        }

        Assert.InRange(deaths, 8, MaxCalls - 1);
    }

    [Fact]
    public async Task Cleanup_ArchivesEachFileOnce_WhenTwoHostsAreAtItAtOnce()
    {
        await using var world =
            await MaintenanceWorld.CreateAsync(azurite.NewAccount(), new KeyValuePair<string, string?>("Maintenance:BatchFiles", "3"));
        var jobs = new List<(ExportJob Job, byte[] Content)>();
        for (var file = 0; file < 20; file++)
        {
            var content = file % 5 == 0 ? MaintenanceWorld.Noise(1_200_000, file) : MaintenanceWorld.Rows(50, file);
            jobs.Add((await world.AddAsync(content, $"{file}.csv", 40 + (file % 2)), content));
        }

        var run = await world.Cleanups.StartAsync(byHand: false, TestContext.Current.CancellationToken);
        await using var second = world.NewHost();
        await using var third = world.NewHost();

        // Whoever loses a race throws, and its message comes back: as often as there is something to lose.
        await Task.WhenAll(new[] { second, third }.Select(async host =>
        {
            for (var tries = 0; tries < 30; tries++)
            {
                if (await Record.ExceptionAsync(
                    () => host.GetRequiredService<CleanupRuns>().ContinueAsync(run.Id, TestContext.Current.CancellationToken)) is null)
                    break;
            }
        }));
        await world.CleanUpAsync();

        await AssertArchivedOnceAsync(world, jobs, "two hosts");
    }

    private static async Task AssertArchivedOnceAsync(MaintenanceWorld world, List<(ExportJob Job, byte[] Content)> jobs, string when)
    {
        Assert.Empty(await MaintenanceWorld.NamesAsync(world.Files));
        foreach (var day in jobs.GroupBy(job => MaintenanceWorld.DayOf(job.Job), StringComparer.Ordinal))
        {
            // Names that came twice would fail here.
            var entries = await world.ReadArchiveAsync(day.Key);
            Assert.Equal(2 * day.Count(), entries.Count);
            foreach (var (job, content) in day)
            {
                var expired = await world.JobAsync(job);
                Assert.True(expired.Status == ExportStatus.Expired, $"{when}: the job is {expired.Status}");
                Assert.Equal((day.Key, MaintenanceWorld.EntryOf(job)), (expired.Archive!.Blob, expired.Archive.Entry));
                Assert.Equal(content, entries[MaintenanceWorld.EntryOf(job)]);
            }
        }
    }
}

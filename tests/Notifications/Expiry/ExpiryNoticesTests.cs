using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Events;
using ExportFunctions.Notifications.Expiry;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring;
using ExportFunctions.Tests.Notifications.Deliveries;
using ExportFunctions.Tests.Schedules;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Expiry;

[Integration]
public sealed class ExpiryNoticesTests(AzuriteFixture azurite)
{
    private readonly SchedulesWorld _schedules = new();

    [Fact]
    public async Task Tell_TellsOnce_WhenTheTimeComes()
    {
        var world = new World();
        var job = await world.AddAsync(lives: TimeSpan.FromDays(30));

        world.Time.Advance(TimeSpan.FromDays(29) - TimeSpan.FromMinutes(1));
        await Notices(world).TellAsync(CancellationToken.None);
        Assert.Empty(world.Notifications.Deliveries);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await Notices(world).TellAsync(CancellationToken.None);
        await Notices(world).TellAsync(CancellationToken.None);

        var told = Assert.Single(world.Notifications.Deliveries);
        Assert.Equal((NotificationEvent.ExportExpiring, job.Id, "registrar@example.org"), (told.Event, told.ExportId, told.To));
        Assert.Equal("2026-10-01 08:00 UTC", told.Values["expires"]);
        Assert.Single(world.Notifications.Messages);
        Assert.Empty(world.Calendar.Entries);
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(12, 24)]
    [InlineData(720, 0)]
    public async Task FollowUp_NotesNothing_WhenTheFileIsKeptNoLongerThanThat_OrNobodyIsToBeTold(int lifeHours, int beforeHours)
    {
        var world = new World();
        world.Notifications.Options.ExpiringBefore = TimeSpan.FromHours(beforeHours);

        await world.AddAsync(TimeSpan.FromHours(lifeHours));

        Assert.Empty(world.Calendar.Entries);
    }

    [Fact]
    public async Task Tell_IsSilent_AboutFilesThatAreGone()
    {
        var world = new World();
        var deleted = await world.AddAsync(TimeSpan.FromDays(2));
        var expired = await world.AddAsync(TimeSpan.FromDays(2));
        world.Jobs.Remove(deleted.Id);
        world.Jobs.Change(expired.Id, job => job with { Status = ExportStatus.Expired });
        world.Time.Advance(TimeSpan.FromDays(3));

        await Notices(world).TellAsync(CancellationToken.None);

        Assert.Empty(world.Notifications.Deliveries);
        Assert.Empty(world.Calendar.Entries);
    }

    [Fact]
    public async Task Tell_WaitsForTheNewTime_WhenAFileIsKeptLonger()
    {
        var world = new World();
        var job = await world.AddAsync(TimeSpan.FromDays(2));
        world.Jobs.Change(job.Id, kept => kept with { File = kept.File! with { ExpiresAt = kept.File.ExpiresAt.AddDays(5) } });

        world.Time.Advance(TimeSpan.FromDays(1));
        await Notices(world).TellAsync(CancellationToken.None);
        Assert.Empty(world.Notifications.Deliveries);
        world.Time.Advance(TimeSpan.FromDays(5));
        await Notices(world).TellAsync(CancellationToken.None);

        Assert.Single(world.Notifications.Deliveries);
        Assert.Empty(world.Calendar.Entries);
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Tell_TellsEachOnce_WhereverTheHostDies(FuseMoment moment)
    {
        await Deaths.AtEachStepAsync(moment, min: 4, max: 29, async fuse =>
        {
            var world = new World();
            await world.AddAsync(TimeSpan.FromDays(2));
            await world.AddAsync(TimeSpan.FromDays(2));
            world.Time.Advance(TimeSpan.FromDays(1));

            await Record.ExceptionAsync(() => Notices(world, fuse).TellAsync(CancellationToken.None));
            await Notices(world).TellAsync(CancellationToken.None);

            Assert.Equal(2, world.Notifications.Deliveries.Count);
            Assert.All(
                world.Notifications.Deliveries,
                delivery => Assert.Contains(world.Notifications.Messages, message => message.Id == delivery.Id));
            Assert.Empty(world.Calendar.Entries);
        });
    }

    [Fact]
    public async Task Calendar_ReadsWhatIsDue_TheEarliestFirst()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var calendar = new TableExpiryCalendar(world.Get<StorageAccount>());
        var noon = world.Time.GetUtcNow();
        var entries =
            new[] { 61, 5, -5, -600, 0 }.Select(minutes => new ExpiryEntry(Guid.CreateVersion7(), noon.AddMinutes(minutes))).ToList();
        foreach (var entry in entries)
            await calendar.AddAsync(entry, CancellationToken.None);
        await calendar.AddAsync(entries[2], CancellationToken.None);

        var due = await calendar.DueAsync(noon, CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken);
        await calendar.RemoveAsync(entries[2], CancellationToken.None);
        await calendar.RemoveAsync(entries[2], CancellationToken.None);
        var left = await calendar.DueAsync(noon.AddHours(2), CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([entries[3], entries[2], entries[4]], due);
        Assert.Equal([entries[3], entries[4], entries[1], entries[0]], left);
    }

    private ExpiryNotices Notices(World world, Fuse? fuse = null)
    {
        var outbox = world.Notifications.Outbox(fuse);
        var options = Options.Create(world.Notifications.Options);
        var news = new ExportNews(outbox, _schedules.Schedules.As(Fuse.Never), options);
        return new ExpiryNotices(world.Calendar.As(
            fuse ?? Fuse.Never), world.Jobs.As(fuse ?? Fuse.Never), news, outbox, options, world.Time, NullLogger<ExpiryNotices>.Instance);
    }

    private sealed class World
    {
        public World() => Jobs = new MemoryJobStore(Time);

        public NotificationsWorld Notifications { get; } = new();

        public MemoryExpiryCalendar Calendar { get; } = new();

        public MemoryJobStore Jobs { get; }

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => Notifications.Time;

        /// <summary>An export that has just succeeded.</summary>
        public async Task<ExportJob> AddAsync(TimeSpan lives)
        {
            var now = Time.GetUtcNow();
            var job = new ExportJob
            {
                Id = Guid.CreateVersion7(now),
                Status = ExportStatus.Succeeded,
                Dataset = "numbers",
                Format = "csv",
                FileName = "numbers.csv",
                RequestJson = """{"dataset":"numbers","notify":["registrar@example.org"]}""",
                CreatedAt = now,
                EnqueuedAt = now,
                FinishedAt = now,
                File = new ExportFile("numbers.csv", "text/csv", 10, "abc", now + lives),
            };
            await Jobs.As(Fuse.Never).TryCreateAsync(job, CancellationToken.None);
            await new ExpiryEntries(Calendar.As(Fuse.Never), Notifications.Outbox(), Options.Create(Notifications.Options)).FollowUpAsync(
                job, CancellationToken.None);
            return job;
        }
    }
}

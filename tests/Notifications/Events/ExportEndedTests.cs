using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Events;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Notifications.Deliveries;
using ExportFunctions.Tests.Schedules;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Events;

public sealed class ExportEndedTests
{
    private readonly NotificationsWorld _world = new();
    private readonly SchedulesWorld _schedules = new();

    [Fact]
    public async Task FollowUp_TellsEachReceiverOnce_HoweverOftenItIsCalled()
    {
        var job = Job(ExportStatus.Succeeded, """{"dataset":"numbers","notify":["a@example.org","B@example.org"]}""");

        await Ended().FollowUpAsync(job, CancellationToken.None);
        await Ended().FollowUpAsync(job, CancellationToken.None);

        Assert.Equal(["B@example.org", "a@example.org"], _world.Deliveries.Select(delivery => delivery.To).Order(StringComparer.Ordinal));
        var told = _world.Deliveries.First();
        Assert.Equal((NotificationEvent.ExportSucceeded, job.Id), (told.Event, told.ExportId));
        Assert.Equal(
            ($"https://exports.example.org/api/v1/exports/{job.Id}/file", "1.8 MB", "25"),
            (told.Values["link"], told.Values["size"], told.Values["rows"]));
        Assert.DoesNotContain("sig=", string.Join(' ', told.Values.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowUp_TellsThoseOfTheScheduleAsWell()
    {
        var schedule =
            await _schedules.AddAsync(SchedulesWorld.Hourly(request => request with { Notify = ["owner@example.org", "a@example.org"] }));
        var job = Job(ExportStatus.Failed, """{"dataset":"numbers","notify":["a@example.org"]}""") with { ScheduleId = schedule.Id };

        await Ended().FollowUpAsync(job, CancellationToken.None);

        Assert.Equal(
            ["a@example.org", "owner@example.org"], _world.Deliveries.Select(delivery => delivery.To).Order(StringComparer.Ordinal));
        Assert.All(
            _world.Deliveries,
            delivery => Assert.Equal(("Numbers", "The table is gone."), (delivery.Values["schedule"], delivery.Values["reason"])));
    }

    [Theory]
    [InlineData(ExportStatus.Canceled, true)]
    [InlineData(ExportStatus.Expired, true)]
    [InlineData(ExportStatus.Succeeded, false)]
    internal async Task FollowUp_TellsNobody_WhenItIsNoNewsOrMailsAreOff(ExportStatus status, bool enabled)
    {
        _world.Options.EmailEnabled = enabled;

        await Ended().FollowUpAsync(Job(status, """{"dataset":"numbers","notify":["a@example.org"]}"""), CancellationToken.None);

        Assert.Empty(_world.Deliveries);
        Assert.Empty(_world.Messages);
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task FollowUp_RecordsOnceAndSendsItsMessage_WhereverTheHostDies(FuseMoment moment)
    {
        await Deaths.AtEachStepAsync(moment, min: 4, max: 19, async fuse =>
        {
            var world = new NotificationsWorld();
            var job = Job(ExportStatus.Succeeded, """{"dataset":"numbers","notify":["a@example.org","b@example.org"]}""");

            await Record.ExceptionAsync(() => Ended(world, fuse).FollowUpAsync(job, CancellationToken.None));
            await Ended(world).FollowUpAsync(job, CancellationToken.None);

            Assert.Equal(2, world.Deliveries.Count);
            Assert.All(world.Deliveries, delivery => Assert.Contains(world.Messages, message => message.Id == delivery.Id));
        });
    }

    private ExportEnded Ended() => Ended(_world);

    private ExportEnded Ended(NotificationsWorld world, Fuse? fuse = null)
    {
        var outbox = world.Outbox(fuse);
        return new ExportEnded(new ExportNews(outbox, _schedules.Schedules.As(Fuse.Never), Options.Create(world.Options)), outbox);
    }

    private ExportJob Job(ExportStatus status, string request) => new()
    {
        Id = Guid.CreateVersion7(_world.Time.GetUtcNow()),
        Status = status,
        Dataset = "numbers",
        Format = "csv",
        FileName = "numbers.csv",
        RequestJson = request,
        CreatedAt = _world.Time.GetUtcNow(),
        EnqueuedAt = _world.Time.GetUtcNow(),
        FinishedAt = _world.Time.GetUtcNow(),
        RowsWritten = 25,
        File = status == ExportStatus.Succeeded ? new ExportFile(
            "numbers.csv", "text/csv", 1_800_000, "abc", _world.Time.GetUtcNow().AddDays(30)) : null,
        Error = status == ExportStatus.Failed ? new ExportFailure("test", "The table is gone.", FailureKind.Permanent) : null,
    };
}

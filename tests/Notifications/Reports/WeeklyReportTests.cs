using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Reports;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Integration;
using ExportFunctions.Tests.Monitoring;
using ExportFunctions.Tests.Notifications.Deliveries;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Reports;

[Integration]
public sealed class WeeklyReportTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Start_TellsOfTheSevenDaysBefore_OnceHoweverOftenItIsStarted()
    {
        await using var metrics = await MetricsAsync();
        var (world, progress) = (World("a@example.org", "b@example.org"), new MemoryReportProgress());

        await Report(metrics, world, progress).StartAsync(CancellationToken.None);
        await Report(metrics, world, progress).StartAsync(CancellationToken.None);
        await Report(metrics, world, progress).ResumeAsync(CancellationToken.None);

        Assert.Equal(2, world.Deliveries.Count);
        Assert.Equal(2, world.Messages.Count);
        var values = world.Deliveries.First().Values;
        Assert.Equal(
            ("2026-08-25", "2026-08-31", "3", "2", "1", "3,000"),
            (values["from"], values["to"], values["exports"], values["succeeded"], values["failed"], values["rows"]));
        Assert.Equal("https://exports.example.org/api/v1/performance/report?format=html&from=2026-08-25&to=2026-09-01", values["link"]);
    }

    [Fact]
    public async Task Start_TellsAgain_AWeekLater()
    {
        await using var metrics = await MetricsAsync();
        var (world, progress) = (World("a@example.org"), new MemoryReportProgress());

        await Report(metrics, world, progress).StartAsync(CancellationToken.None);
        metrics.Time.Advance(TimeSpan.FromDays(7));
        await Report(metrics, world, progress).StartAsync(CancellationToken.None);

        Assert.Equal(
            ["2026-08-25", "2026-09-01"], world.Deliveries.Select(delivery => delivery.Values["from"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_TellsOfTheWeek_WhenAClockThatRanAheadToldOfOneToCome()
    {
        await using var metrics = await MetricsAsync();
        var (world, progress) = (World("a@example.org"), new MemoryReportProgress());
        await progress.As(Fuse.Never).SaveAsync(
            new ReportProgress(Due: new DateOnly(2027, 9, 1), Told: new DateOnly(2027, 9, 1)), CancellationToken.None);

        await Report(metrics, world, progress).StartAsync(CancellationToken.None);
        await Report(metrics, world, progress).StartAsync(CancellationToken.None);

        Assert.Equal("2026-08-25", Assert.Single(world.Deliveries).Values["from"]);
    }

    [Fact]
    public async Task Start_TellsNobody_WithoutSubscribers()
    {
        await using var metrics = await MetricsAsync();
        var world = World();

        await Report(metrics, world).StartAsync(CancellationToken.None);

        Assert.Empty(world.Deliveries);
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Resume_GoesOn_WhereverTheHostDied(FuseMoment moment)
    {
        await using var metrics = await MetricsAsync();
        await Deaths.AtEachStepAsync(moment, min: 5, max: 19, async fuse =>
        {
            var world = World("a@example.org", "b@example.org");
            var progress = new MemoryReportProgress();

            await Record.ExceptionAsync(() => Report(metrics, world, progress, fuse).StartAsync(CancellationToken.None));
            if (progress.Current.Due is null)
                await Report(metrics, world, progress).StartAsync(CancellationToken.None);
            else
                await Report(metrics, world, progress).ResumeAsync(CancellationToken.None);

            Assert.Equal(2, world.Deliveries.Count);
            Assert.All(world.Deliveries, delivery => Assert.Contains(world.Messages, message => message.Id == delivery.Id));
        });
    }

    [Fact]
    public async Task Mail_CarriesTheFigures_AsTablesThatMailProgramsShow()
    {
        await using var metrics = await MetricsAsync();
        var world = World("a@example.org");
        await Report(metrics, world).StartAsync(CancellationToken.None);
        var delivery = Assert.Single(world.Deliveries);
        var values = new Dictionary<string, string>(delivery.Values, StringComparer.Ordinal);

        var attachment = await new ReportContent(metrics.Get<ReportWriter>()).AddToAsync(delivery, values, CancellationToken.None);
        var mail = await new MailTemplates(Options.Create(world.Options)).WriteAsync(
            delivery.Id, delivery.To, delivery.Event, values, CancellationToken.None);

        Assert.Null(attachment);
        Assert.Equal("Exports, 25 August to 31 August 2026: 3 exports, 1 failed", mail.Subject);
        Assert.Contains("By dataset", mail.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;grades&lt;/b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>grades", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", mail.Html, StringComparison.Ordinal);
        Assert.Contains("## By dataset", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_IsKept()
    {
        await using var metrics = await MetricsWorld.StartAsync(azurite.NewAccount());
        var progress = new TableReportProgress(metrics.Get<StorageAccount>());

        Assert.Equal(new ReportProgress(Due: null, Told: null), await progress.FindAsync(CancellationToken.None));
        await progress.SaveAsync(new ReportProgress(MetricsWorld.Today, Told: null), CancellationToken.None);
        Assert.Equal(new ReportProgress(MetricsWorld.Today, Told: null), await progress.FindAsync(CancellationToken.None));
    }

    private async Task<MetricsWorld> MetricsAsync()
    {
        var metrics = await MetricsWorld.StartAsync(azurite.NewAccount());
        await metrics.AddAsync(
            MetricsWorld.Today.AddDays(-2),
            record => record,
            record => record with { Dataset = "<b>grades</b>", Rows = 2000 },
            record => record with { Outcome = AttemptOutcome.Failed, Rows = 0, Bytes = 0, ErrorCode = "internal" });
        return metrics;
    }

    private static NotificationsWorld World(params string[] subscribers)
    {
        var world = new NotificationsWorld();
        world.Sources.Add(new Wishes(subscribers));
        return world;
    }

    private static WeeklyReport Report(
        MetricsWorld metrics, NotificationsWorld world, MemoryReportProgress? progress = null, Fuse? fuse = null) =>
        new(
            metrics.Get<ReportWriter>(),
            (progress ?? new MemoryReportProgress()).As(fuse ?? Fuse.Never),
            world.Outbox(fuse),
            Options.Create(world.Options));

    private sealed class Wishes(string[] addresses) : IReceiverSource
    {
        public Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Receiver>>(
                happening.Event == NotificationEvent.ReportWeekly ? [.. addresses.Select(Receiver.Mail)] : []);
    }
}

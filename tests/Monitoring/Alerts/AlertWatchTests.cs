using System.Collections.Concurrent;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Tests.Integration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Monitoring.Alerts;

[Integration]
public sealed class AlertWatchTests(AzuriteFixture azurite)
{
    public static TheoryData<AlertMetric, double, double> Crossings => new()
    {
        { AlertMetric.Duration, 1.5, 2 },
        { AlertMetric.RowsPerSecond, 501, 500 },
        { AlertMetric.FileSize, 4999, 5000 },
        { AlertMetric.QueueWait, 0.5, 3 },
    };

    [Theory]
    [MemberData(nameof(Crossings))]
    public async Task Attempt_RaisesAnAlert_WhenItCrossesTheThreshold(AlertMetric metric, double threshold, double value)
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var rule = (await world.Get<AlertRules>().CreateAsync(Rule(metric, threshold), CancellationToken.None))!;
        var (watch, told) = Watch(world);

        await watch.OnRecordedAsync(Attempt(record => record with { QueueWaitSeconds = 3 }), isNew: true, CancellationToken.None);

        var alert = Assert.Single(told);
        Assert.Equal((rule.Id, metric, threshold, value), (alert.RuleId, alert.Metric, alert.Threshold, alert.Value));
        Assert.Equal(alert, Assert.Single((await ListAsync(world)).Alerts));
    }

    [Theory]
    [InlineData(AlertMetric.Duration, 2)]
    [InlineData(AlertMetric.RowsPerSecond, 500)]
    [InlineData(AlertMetric.FileSize, 5000)]
    [InlineData(AlertMetric.QueueWait, 3)]
    public async Task Attempt_RaisesNothing_AtTheThreshold(AlertMetric metric, double threshold)
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.Get<AlertRules>().CreateAsync(Rule(metric, threshold), CancellationToken.None);
        var (watch, told) = Watch(world);

        await watch.OnRecordedAsync(Attempt(record => record with { QueueWaitSeconds = 3 }), isNew: true, CancellationToken.None);

        Assert.Empty(told);
    }

    [Fact]
    public async Task Rule_WatchesItsDatasetAndFormat_WhileItIsEnabled()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var rules = world.Get<AlertRules>();
        await rules.CreateAsync(Rule(AlertMetric.Duration, 1) with { Dataset = "courses" }, CancellationToken.None);
        await rules.CreateAsync(Rule(AlertMetric.Duration, 1) with { Format = "pdf" }, CancellationToken.None);
        await rules.CreateAsync(Rule(AlertMetric.Duration, 1) with { Enabled = false }, CancellationToken.None);
        var (watch, told) = Watch(world);

        await watch.OnRecordedAsync(Attempt(), isNew: true, CancellationToken.None);
        await watch.OnRecordedAsync(Attempt(record => record with { Dataset = "courses" }), isNew: true, CancellationToken.None);

        Assert.Equal("courses", Assert.Single(told).Dataset);
    }

    [Fact]
    public async Task Rule_IsQuiet_ForItsPeriod()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.Get<AlertRules>().CreateAsync(Rule(AlertMetric.Duration, 1), CancellationToken.None);
        var (watch, told) = Watch(world);
        var begin = Attempt().EndedAt;

        foreach (var minutes in new[] { 0, 30, 59, 60, 61 })
            await watch.OnRecordedAsync(
                Attempt(record => record with { EndedAt = begin.AddMinutes(minutes) }), isNew: true, CancellationToken.None);

        Assert.Equal([begin, begin.AddMinutes(60)], told.Select(alert => alert.RaisedAt));
    }

    [Fact]
    public async Task Rule_IsNotQuiet_UntilWhatAClockThatRanAheadHasRaised()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.Get<AlertRules>().CreateAsync(Rule(AlertMetric.Duration, 1), CancellationToken.None);
        var (watch, told) = Watch(world);
        var now = Attempt().EndedAt;

        foreach (var at in new[] { now.AddYears(1), now, now.AddMinutes(30) })
            await watch.OnRecordedAsync(Attempt(record => record with { EndedAt = at }), isNew: true, CancellationToken.None);

        Assert.Equal([now.AddYears(1), now], told.Select(alert => alert.RaisedAt));
    }

    [Fact]
    public async Task FailureRate_IsTakenOverTheLastExports_OnceThereAreEnough()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.Get<AlertRules>().CreateAsync(Rule(AlertMetric.FailureRate, 0.5) with { Last = 4 }, CancellationToken.None);
        var (watch, told) = Watch(world);

        // Failed, failed, canceled, tried again, succeeded: three of the four that are needed.
        AttemptOutcome[] outcomes =
            [AttemptOutcome.Failed, AttemptOutcome.Failed, AttemptOutcome.Canceled, AttemptOutcome.Retried, AttemptOutcome.Succeeded];
        foreach (var outcome in outcomes)
            await watch.OnRecordedAsync(Attempt(record => record with { Outcome = outcome }), isNew: true, CancellationToken.None);
        var before = told.Count;
        await watch.OnRecordedAsync(Attempt(), isNew: true, CancellationToken.None);

        Assert.Equal(0, before);
        Assert.Equal((0.5, "50 % of the last 4 exports failed; the threshold is 50 %."), (Assert.Single(told).Value, told.First().Message));
    }

    [Fact]
    public async Task Record_ThatIsToldAgain_RaisesNothingTwice_AndTellsWhoHadNotHeard()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.Get<AlertRules>().CreateAsync(
            Rule(AlertMetric.Duration, 1) with { QuietPeriod = TimeSpan.Zero }, CancellationToken.None);
        await world.Get<AlertRules>().CreateAsync(Rule(AlertMetric.FailureRate, 0.5) with { Last = 1 }, CancellationToken.None);
        var record = Attempt(record => record with { Outcome = AttemptOutcome.Failed });
        var away = new AlertWatch(
            world.Get<AlertRules>(),
            world.Get<AlertStore>(),
            [new Listener(_ => throw new TimeoutException("Away."))],
            NullLogger<AlertWatch>.Instance);
        await Assert.ThrowsAsync<TimeoutException>(() => away.OnRecordedAsync(record, isNew: true, CancellationToken.None));
        var (watch, told) = Watch(world);

        await watch.OnRecordedAsync(record, isNew: false, CancellationToken.None);

        Assert.Equal(2, told.Select(alert => alert.Id).Distinct().Count());
        Assert.Equal(2, (await ListAsync(world)).Alerts.Count);
    }

    [Fact]
    public async Task Hosts_RaiseOneAlert_WhenTheyHoldAtATime()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        await world.Get<AlertRules>().CreateAsync(Rule(AlertMetric.FailureRate, 0.2) with { Last = 10 }, CancellationToken.None);
        var (watch, told) = Watch(world);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => watch.OnRecordedAsync(
            Attempt(record => record with { Outcome = AttemptOutcome.Failed }), isNew: true, CancellationToken.None)));

        Assert.Single(told);
        Assert.Single((await ListAsync(world)).Alerts);
    }

    [Fact]
    public async Task Alerts_AreListedNewestFirst_Acknowledged_AndRemoved()
    {
        await using var world = await MetricsWorld.StartAsync(azurite.NewAccount());
        var rule = (await world.Get<AlertRules>().CreateAsync(
            Rule(AlertMetric.Duration, 1) with { QuietPeriod = TimeSpan.Zero }, CancellationToken.None))!;
        var (watch, _) = Watch(world);
        var begin = Attempt().EndedAt;
        for (var minutes = 0; minutes < 3; minutes++)
            await watch.OnRecordedAsync(
                Attempt(record => record with { EndedAt = begin.AddMinutes(minutes) }), isNew: true, CancellationToken.None);
        var store = world.Get<AlertStore>();
        var newest = (await ListAsync(world)).Alerts[0];

        var acknowledged = await store.AcknowledgeAsync(newest.Id, world.Time.GetUtcNow(), CancellationToken.None);
        var again = await store.AcknowledgeAsync(newest.Id, world.Time.GetUtcNow().AddHours(1), CancellationToken.None);
        var page = await store.ListAsync(acknowledged: false, 1, continuationToken: null, CancellationToken.None);
        var rest = await store.ListAsync(acknowledged: false, 5, page.ContinuationToken, CancellationToken.None);
        await world.Get<AlertRules>().DeleteAsync(rule, CancellationToken.None);
        var removed = await store.RemoveOlderThanAsync(new DateTimeOffset(begin.AddMinutes(2)), CancellationToken.None);

        Assert.Equal(begin.AddMinutes(2), newest.RaisedAt);
        Assert.Equal((world.Time.GetUtcNow().UtcDateTime, acknowledged), (acknowledged!.AcknowledgedAt, again));
        Assert.Equal([begin.AddMinutes(1), begin], page.Alerts.Concat(rest.Alerts).Select(alert => alert.RaisedAt));
        Assert.Equal((2, 1), (removed, (await ListAsync(world)).Alerts.Count));
        Assert.Null(await store.AcknowledgeAsync(Guid.CreateVersion7(), world.Time.GetUtcNow(), CancellationToken.None));
    }

    private static AlertRuleRequest Rule(AlertMetric metric, double threshold) =>
        new("Rule", metric, threshold, null, null, 20, TimeSpan.FromHours(1), Enabled: true);

    private static AttemptRecord Attempt(Func<AttemptRecord, AttemptRecord>? change = null) =>
        MetricsWorld.Attempt(MetricsWorld.Today, change);

    private static Task<AlertPage> ListAsync(MetricsWorld world) =>
        world.Get<AlertStore>().ListAsync(acknowledged: null, 50, continuationToken: null, CancellationToken.None);

    private static (AlertWatch Watch, ConcurrentQueue<Alert> Told) Watch(MetricsWorld world)
    {
        var told = new ConcurrentQueue<Alert>();
        return (
            new AlertWatch(world.Get<AlertRules>(), world.Get<AlertStore>(), [new Listener(told.Enqueue)], NullLogger<AlertWatch>.Instance),
            told);
    }

    private sealed class Listener(Action<Alert> tell) : IAlertListener
    {
        public Task OnRaisedAsync(Alert alert, CancellationToken cancellationToken)
        {
            tell(alert);
            return Task.CompletedTask;
        }
    }
}

using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Events;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Tests.Notifications.Deliveries;

namespace ExportFunctions.Tests.Notifications.Events;

public sealed class AlertRaisedTests
{
    private readonly NotificationsWorld _world = new();

    [Theory]
    [InlineData(AlertMetric.Duration, 150, 60, "2.5 min", 6)]
    [InlineData(AlertMetric.FileSize, 2_500_000, 1, "2.5 MB", 6)]
    [InlineData(AlertMetric.FailureRate, 0.25, 1, "25 %", 5)]
    [InlineData(AlertMetric.RowsPerSecond, 1234, 1, "1,234", 1)]
    public async Task OnRaised_TellsSubscribersOnce_InUnitsThatPeopleRead(
        AlertMetric metric, double value, double threshold, string text, int thresholdLength)
    {
        _world.Sources.Add(new Wishes("a@example.org", "b@example.org"));
        var alert = Alert(metric, value, threshold);

        await new AlertRaised(_world.Outbox()).OnRaisedAsync(alert, CancellationToken.None);
        await new AlertRaised(_world.Outbox()).OnRaisedAsync(alert, CancellationToken.None);

        Assert.Equal(["a@example.org", "b@example.org"], _world.Deliveries.Select(delivery => delivery.To).Order(StringComparer.Ordinal));
        Assert.All(_world.Deliveries, delivery => Assert.Equal(
            (NotificationEvent.AlertRaised, text, "Slow <PDF>"), (delivery.Event, delivery.Values["value"], delivery.Values["rule"])));
        Assert.Equal(thresholdLength, _world.Deliveries.First().Values["threshold"].Length);
    }

    [Fact]
    public async Task OnRaised_TellsNobody_WithoutSubscribers()
    {
        await new AlertRaised(_world.Outbox()).OnRaisedAsync(Alert(AlertMetric.Duration, 2, 1), CancellationToken.None);

        Assert.Empty(_world.Deliveries);
    }

    private Alert Alert(AlertMetric metric, double value, double threshold) => new()
    {
        Id = Guid.CreateVersion7(),
        RuleId = Guid.CreateVersion7(),
        RuleName = "Slow <PDF>",
        Metric = metric,
        Threshold = threshold,
        Value = value,
        Message = "It took long.",
        ExportId = Guid.CreateVersion7(),
        Attempt = 1,
        Dataset = "students",
        Format = "pdf",
        RaisedAt = _world.Time.GetUtcNow().UtcDateTime,
    };

    private sealed class Wishes(params string[] addresses) : IReceiverSource
    {
        public Task<IReadOnlyList<Receiver>> FindAsync(Happening happening, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Receiver>>([.. addresses.Select(Receiver.Mail)]);
    }
}

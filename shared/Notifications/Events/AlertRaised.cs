using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Events;

/// <summary>Notifies subscribers that a threshold was crossed.</summary>
internal sealed class AlertRaised(DeliveryOutbox outbox) : IAlertListener
{
    public async Task OnRaisedAsync(Alert alert, CancellationToken cancellationToken)
    {
        var receivers = await outbox.FindReceiversAsync(
            new Happening(NotificationEvent.AlertRaised, alert.Dataset, alert.Format), [], cancellationToken);
        var draft = new DeliveryDraft(
            NotificationEvent.AlertRaised,
            alert.Id.ToString("N"),
            new DateTimeOffset(alert.RaisedAt, TimeSpan.Zero),
            ValuesOf(alert))
        { ExportId = alert.ExportId };
        await outbox.TellAsync(draft, receivers, cancellationToken);
    }

    private static Dictionary<string, string> ValuesOf(Alert alert) => new(StringComparer.Ordinal)
    {
        ["alertId"] = alert.Id.ToString(),
        ["rule"] = alert.RuleName,
        ["metric"] = alert.Metric.Name(),
        ["value"] = Text(alert.Metric, alert.Value),
        ["threshold"] = Text(alert.Metric, alert.Threshold),
        ["message"] = alert.Message,
        ["dataset"] = alert.Dataset ?? "",
        ["format"] = alert.Format ?? "",
        ["exportId"] = alert.ExportId?.ToString() ?? "",
        ["raised"] = $"{alert.RaisedAt:yyyy-MM-dd HH:mm} UTC",
    };

    private static string Text(AlertMetric metric, double value) => metric switch
    {
        AlertMetric.Duration or AlertMetric.QueueWait => ReportText.Seconds(value),
        AlertMetric.FileSize => FileSizes.ToText(value),
        AlertMetric.FailureRate => ReportText.Percent(value),
        _ => ReportText.Count(value),
    };
}

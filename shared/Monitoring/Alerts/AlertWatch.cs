using ExportFunctions.Exports.Jobs;
using ExportFunctions.Monitoring.Recording;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>
/// Evaluates every record against the rules as it arrives. A rule's window and the alert it raises are stored together, and the alert's id
/// is derived from rule and attempt: a record repeated after a crash raises nothing twice, and an alert whose listeners were not called yet
/// reaches them then.
/// </summary>
internal sealed partial class AlertWatch(
    AlertRules rules, AlertStore alerts, IEnumerable<IAlertListener> listeners, ILogger<AlertWatch> logger) : IAttemptListener
{
    private readonly IReadOnlyList<IAlertListener> _listeners = [.. listeners];

    public async Task OnRecordedAsync(AttemptRecord record, bool isNew, CancellationToken cancellationToken)
    {
        foreach (var rule in await rules.InForceAsync(cancellationToken))
        {
            if (!AlertCheck.Watches(rule, record) || await RaiseAsync(rule, record, cancellationToken) is not { } alert)
                continue;

            Log.Raised(logger, alert.Id, rule.Id, record.ExportId, record.Attempt, rule.Metric, alert.Value);
            foreach (var listener in _listeners)
                await listener.OnRaisedAsync(alert, cancellationToken);
        }
    }

    /// <summary>The alert that a record leads to, stored now or earlier; null when it leads to none.</summary>
    private async Task<Alert?> RaiseAsync(AlertRule rule, AttemptRecord record, CancellationToken cancellationToken)
    {
        var id = AlertCheck.IdOf(rule.Id, record);
        while (true)
        {
            var (before, etag) = rule.Metric == AlertMetric.FailureRate || MayCross(rule, record)
                ? await alerts.FindWindowAsync(rule.Id, cancellationToken)
                : (AlertWindow.Empty, default);
            if (before.AlertId == id)
                return await alerts.FindAsync(id, cancellationToken);

            var after = rule.Metric == AlertMetric.FailureRate
                ? before.With(new WatchedExport(record.ExportId, record.Outcome == AttemptOutcome.Failed), rule.Last)
                : before;
            var alert = AlertCheck.ValueOf(
                rule, record, after) is { } value && AlertCheck.Crosses(rule, value) && !before.IsQuiet(record.EndedAt, rule.QuietPeriod)
                ? AlertCheck.AlertOf(rule, record, value)
                : null;
            if (alert is not null)
                after = after with { RaisedAt = record.EndedAt, AlertId = id };

            // Nothing to store, or another host stored it a moment ago: then evaluate again.
            if (ReferenceEquals(after, before) || await alerts.TrySaveAsync(rule.Id, after, etag, alert, cancellationToken))
                return alert;
            if (alert is not null && await alerts.FindAsync(id, cancellationToken) is { } known)
                return known;
        }
    }

    private static bool MayCross(AlertRule rule, AttemptRecord record) =>
        AlertCheck.ValueOf(rule, record, AlertWindow.Empty) is { } value && AlertCheck.Crosses(rule, value);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Alert {AlertId} of rule {RuleId}: export {ExportId}, attempt {Attempt}, {Metric} {Value}.")]
        public static partial void Raised(
            ILogger logger, Guid alertId, Guid ruleId, Guid exportId, int attempt, AlertMetric metric, double value);
    }
}

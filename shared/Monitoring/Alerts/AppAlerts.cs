using System.Security.Cryptography;
using System.Text;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>
/// Alerts not raised by a rule: the app itself can't continue with something, and an operator has to look into it. A lasting problem is
/// reported once a week.
/// </summary>
public sealed class AppAlerts(AlertStore alerts, IEnumerable<IAlertListener> listeners, TimeProvider time)
{
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromDays(7);

    private readonly IReadOnlyList<IAlertListener> _listeners = [.. listeners];

    /// <summary>
    /// Raises an alert, unless one with the same subject was raised in the last seven days: then that one is sent again to listeners that
    /// may have missed it.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="subject">The subject, in a few words: the same for as long as the problem lasts.</param>
    /// <param name="message">What happened, in a sentence.</param>
    /// <param name="value">The number of attempts.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated.</param>
    public async Task RaiseAsync(AlertMetric metric, string subject, string message, int value, CancellationToken cancellationToken)
    {
        var place = PlaceOf(metric, subject);
        var now = time.GetUtcNow();
        while (true)
        {
            var (window, etag) = await alerts.FindWindowAsync(place, cancellationToken);
            var known = window.IsQuiet(now.UtcDateTime, QuietPeriod) && window.AlertId is { } id
                ? await alerts.FindAsync(id, cancellationToken)
                : null;
            var alert = known ?? AlertOf(metric, subject, message, value, now);
            if (known is null
                && !await alerts.TrySaveAsync(
                    place, window with { RaisedAt = now.UtcDateTime, AlertId = alert.Id }, etag, alert, cancellationToken))
                continue;

            foreach (var listener in _listeners)
                await listener.OnRaisedAsync(alert, cancellationToken);
            return;
        }
    }

    private static Alert AlertOf(AlertMetric metric, string subject, string message, int value, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        RuleId = null,
        RuleName = subject,
        Metric = metric,
        Threshold = 0,
        Value = value,
        Message = message,
        ExportId = null,
        Attempt = 0,
        Dataset = null,
        Format = null,
        RaisedAt = now.UtcDateTime,
    };

    /// <summary>The key under which the alert is remembered, as for a rule.</summary>
    private static Guid PlaceOf(AlertMetric metric, string subject) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{metric.Name()} {subject}")).AsSpan(0, 16));
}

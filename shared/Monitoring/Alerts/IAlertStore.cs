using Azure;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Keeps rules, what they remember, and alerts.</summary>
public interface IAlertStore
{
    /// <summary>Adds a rule, unless there are as many as may be; that holds however many are added at once.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="max">The most rules there may be.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rule with its ETag; null when there are as many as may be.</returns>
    Task<AlertRule?> TryAddRuleAsync(AlertRule rule, int max, CancellationToken cancellationToken);

    /// <summary>Stores a changed rule, if nobody changed it since it was read.</summary>
    /// <param name="rule">The changed copy, with the ETag it was read with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rule with its new ETag; null when another change came first or it is gone.</returns>
    Task<AlertRule?> TryUpdateRuleAsync(AlertRule rule, CancellationToken cancellationToken);

    /// <summary>Reads a rule; null when there is none.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<AlertRule?> FindRuleAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All rules, the newest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<RecordList<AlertRule>> ListRulesAsync(CancellationToken cancellationToken);

    /// <summary>Removes a rule, and what it remembers; its alerts stay. False when it is gone or changed since it was read.</summary>
    /// <param name="rule">The rule, with the ETag it was read with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> TryDeleteRuleAsync(AlertRule rule, CancellationToken cancellationToken);

    /// <summary>Removes a rule whose record can't be read, and what it remembers.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteUnreadableRuleAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>One page of alerts, the newest first.</summary>
    /// <param name="acknowledged">Only those that are acknowledged, or that are not; null for all.</param>
    /// <param name="pageSize">Alerts a page, 1 to 1,000.</param>
    /// <param name="continuationToken">Where the page before ended; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<AlertPage> ListAsync(bool? acknowledged, int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Marks an alert acknowledged; one that is stays as it is. Null when there is none.</summary>
    /// <param name="id">The alert's id.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Alert?> AcknowledgeAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes alerts that were raised before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of alerts removed.</returns>
    Task<int> RemoveOlderThanAsync(DateTimeOffset instant, CancellationToken cancellationToken);

    /// <summary>Reads an alert; null when there is none.</summary>
    /// <param name="id">The alert's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Alert?> FindAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>One page of alerts.</summary>
/// <param name="Alerts">The alerts, the newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record AlertPage(RecordList<Alert> Alerts, string? ContinuationToken);

/// <summary>Keeps what rules remember between attempts, and with it the alerts they raise.</summary>
internal interface IAlertWindows
{
    /// <summary>Reads what a rule remembers.</summary>
    Task<(AlertWindow Window, ETag ETag)> FindWindowAsync(Guid ruleId, CancellationToken cancellationToken);

    /// <summary>Stores what a rule remembers and the alert it raises, both or neither; false when another change came first.</summary>
    Task<bool> TrySaveAsync(Guid ruleId, AlertWindow window, ETag etag, Alert? raised, CancellationToken cancellationToken);
}

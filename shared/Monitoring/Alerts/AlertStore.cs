using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>
/// Rules, windows and alerts in one partition of Azure Tables, so that a window and the alert it leads to change in one transaction. Alerts
/// are keyed by inverted id, newest first.
/// </summary>
public sealed class AlertStore : IDisposable
{
    private const string Partition = "alerts";
    private const string Content = "content";
    private const string Acknowledged = "acknowledged";

    private static readonly TableRecords<AlertRule> Rules = new(ToRule, entity => Describe(entity, "rule-"));
    private static readonly TableRecords<Alert> Alerts = new(ToAlert, entity => Describe(entity, "alert-"));

    private readonly TableClient _table;
    private readonly CountedWrites _writes;

    /// <summary>Creates the store.</summary>
    /// <param name="account">The storage account.</param>
    public AlertStore(StorageAccount account)
    {
        _table = account.Tables.GetTableClient(StorageNames.AlertsTable);
        _writes = new CountedWrites(_table, Partition);
    }

    /// <summary>Adds a rule, unless the limit is reached; the limit holds even under concurrent adds.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="max">The limit of rules.</param>
    /// <returns>The rule with its ETag; null when the limit is reached.</returns>
    public async Task<AlertRule?> TryAddRuleAsync(AlertRule rule, int max, CancellationToken cancellationToken)
    {
        var write = new TableTransactionAction(TableTransactionActionType.Add, Entity(rule));
        var etag = await _writes.TryWriteAsync(write, stop => HasRoomAsync(max, stop), cancellationToken);
        return etag is { } stored ? rule with { ETag = stored } : null;
    }

    /// <summary>Stores a changed rule, if it has not been changed since it was read.</summary>
    /// <param name="rule">The changed copy, with the ETag it was read with.</param>
    /// <returns>The rule with its new ETag; null when another change came first or it no longer exists.</returns>
    public async Task<AlertRule?> TryUpdateRuleAsync(AlertRule rule, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(Entity(rule), rule.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag
            ? rule with { ETag = etag }
            : null;

    /// <summary>Reads a rule; null when there is none.</summary>
    /// <param name="id">The rule's id.</param>
    public async Task<AlertRule?> FindRuleAsync(Guid id, CancellationToken cancellationToken) =>
        await ReadAsync(RuleRow(id), cancellationToken) is { } entity ? Rules.Read(entity) : null;

    /// <summary>All rules, newest first.</summary>
    public Task<RecordList<AlertRule>> ListRulesAsync(CancellationToken cancellationToken) =>
        Rules.ListAsync(_table.QueryAsync<TableEntity>(Between("rule-", "rule."), cancellationToken: cancellationToken), cancellationToken);

    /// <summary>
    /// Removes a rule and its window; its alerts are kept. False when it no longer exists or was changed since it was read.
    /// </summary>
    /// <param name="rule">The rule, with the ETag it was read with.</param>
    public async Task<bool> TryDeleteRuleAsync(AlertRule rule, CancellationToken cancellationToken)
    {
        if (!await _table.TryDeleteAsync(Partition, RuleRow(rule.Id), rule.ETag, cancellationToken))
            return false;

        await _table.DeleteEntityAsync(Partition, WindowRow(rule.Id), ETag.All, cancellationToken);
        return true;
    }

    /// <summary>Removes a rule whose record can't be read, and its window.</summary>
    /// <param name="id">The rule's id.</param>
    public async Task DeleteUnreadableRuleAsync(Guid id, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(Partition, RuleRow(id), ETag.All, cancellationToken);
        await _table.DeleteEntityAsync(Partition, WindowRow(id), ETag.All, cancellationToken);
    }

    /// <summary>One page of alerts, newest first.</summary>
    /// <param name="acknowledged">True for acknowledged alerts only, false for the others; null for all.</param>
    /// <param name="pageSize">Page size, 1 to 1,000.</param>
    /// <param name="continuationToken">The previous page's continuation token; null for the first page.</param>
    public async Task<AlertPage> ListAsync(bool? acknowledged, int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var filter = Between("alert-", "alert.");
        if (acknowledged is { } wanted)
            filter += " and " + TableClient.CreateQueryFilter($"acknowledged eq {wanted}");
        var (entities, token, _) = await TablePages.ReadAsync(_table, filter, pageSize, continuationToken, cancellationToken);
        return new AlertPage(Alerts.List(entities), token);
    }

    /// <summary>Reads an alert; null when there is none.</summary>
    /// <param name="id">The alert's id.</param>
    public async Task<Alert?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await ReadAsync(AlertRow(id), cancellationToken) is { } entity ? Alerts.Read(entity) : null;

    /// <summary>Acknowledges an alert; one that is acknowledged already is left unchanged. Null when there is none.</summary>
    /// <param name="id">The alert's id.</param>
    /// <param name="now">The present instant.</param>
    public async Task<Alert?> AcknowledgeAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await ReadAsync(AlertRow(id), cancellationToken) is { } entity)
        {
            var alert = Alerts.Read(entity);
            if (alert.AcknowledgedAt is not null)
                return alert;

            var next = alert with { AcknowledgedAt = now.UtcDateTime };
            try
            {
                await _table.UpdateEntityAsync(Entity(next), entity.ETag, TableUpdateMode.Replace, cancellationToken);
                return next;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                // Acknowledged or removed by another call: read it again.
            }
        }

        return null;
    }

    /// <summary>Removes alerts that were raised before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of alerts removed.</returns>
    public Task<int> RemoveOlderThanAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(
            _table, Between("alert-" + NewestFirstKey.Before(instant).Row, "alert."), SweepAction.Remove, cancellationToken);

    /// <summary>Reads a rule's window.</summary>
    internal async Task<(AlertWindow Window, ETag ETag)> FindWindowAsync(Guid ruleId, CancellationToken cancellationToken) =>
        await ReadAsync(WindowRow(ruleId), cancellationToken) is { } entity
            ? (WindowOf(entity), entity.ETag)
            : (AlertWindow.Empty, default);

    /// <summary>Stores a rule's window and the alert it raises, both or neither; false when another change came first.</summary>
    internal async Task<bool> TrySaveAsync(Guid ruleId, AlertWindow window, ETag etag, Alert? raised, CancellationToken cancellationToken)
    {
        var entity =
            new TableEntity(Partition, WindowRow(ruleId)) { [Content] = EntityValues.Json(window, MonitoringJson.Default.AlertWindow) };
        var actions = new List<TableTransactionAction>
        {
            etag == default ? new(TableTransactionActionType.Add, entity) : new(TableTransactionActionType.UpdateReplace, entity, etag),
        };
        if (raised is not null)
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, Entity(raised)));
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writes.Dispose();

    private async Task<bool> HasRoomAsync(int max, CancellationToken cancellationToken)
    {
        var rules = await ListRulesAsync(cancellationToken);
        return rules.Count + rules.Unreadable.Count < max;
    }

    private static string RuleRow(Guid id) => "rule-" + NewestFirstKey.Of(id).Row;

    private static string WindowRow(Guid ruleId) => $"window-{ruleId:N}";

    private static string AlertRow(Guid id) => "alert-" + NewestFirstKey.Of(id).Row;

    // The character after "-", which ends each prefix, sorts after every key with that prefix.
    private static string Between(string first, string after) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {first} and RowKey lt {after}");

    private static TableEntity Entity(AlertRule rule) =>
        new(Partition, RuleRow(rule.Id)) { [Content] = EntityValues.Json(rule, MonitoringJson.Default.AlertRule) };

    private static TableEntity Entity(Alert alert) => new(Partition, AlertRow(alert.Id))
    {
        [Content] = EntityValues.Json(alert, MonitoringJson.Default.Alert),
        [Acknowledged] = alert.AcknowledgedAt is not null,
    };

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity, string prefix)
    {
        var id = NewestFirstKey.IdOf(entity.RowKey[prefix.Length..]);
        return (id, NewestFirstKey.TimeOf(id));
    }

    // A window is only an aid: if it can't be read, start with an empty one.
    private static AlertWindow WindowOf(TableEntity entity)
    {
        try
        {
            return entity.Json(Content, MonitoringJson.Default.AlertWindow) ?? AlertWindow.Empty;
        }
        catch (Exception exception) when (UnreadableRecordException.IsCause(exception))
        {
            return AlertWindow.Empty;
        }
    }

    private static AlertRule ToRule(TableEntity entity) =>
        (entity.Json(Content, MonitoringJson.Default.AlertRule) ?? throw new InvalidDataException("It is empty."))
            with
        { ETag = entity.ETag };

    private static Alert ToAlert(TableEntity entity) =>
        entity.Json(Content, MonitoringJson.Default.Alert) ?? throw new InvalidDataException("It is empty.");

    private async Task<TableEntity?> ReadAsync(string row, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, row, cancellationToken: cancellationToken);
        return entity.HasValue ? entity.Value : null;
    }
}

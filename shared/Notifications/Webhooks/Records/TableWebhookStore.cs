using Azure;
using Azure.Data.Tables;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Webhooks.Records;

/// <summary>
/// Webhooks in one partition of Azure Tables, by inverted id and so newest first, and next to them since when they have been failing.
/// </summary>
internal sealed class TableWebhookStore : IWebhookStore, IDisposable
{
    private const string Partition = "webhooks";
    private const string FailingSince = "failingSince";
    private const string OldSecrets = "oldSecrets";
    private const string HoldSeconds = "seconds";

    private static readonly TableRecords<Webhook> Webhooks = new(ToWebhook, Describe);

    private readonly TableClient _table;
    private readonly CountedWrites _writes;

    public TableWebhookStore(StorageAccount account)
    {
        _table = account.Tables.GetTableClient(StorageNames.WebhooksTable);
        _writes = new CountedWrites(_table, Partition);
    }

    public async Task<Webhook?> TryAddAsync(Webhook webhook, int max, CancellationToken cancellationToken)
    {
        var write = new TableTransactionAction(TableTransactionActionType.Add, Entity(webhook));
        return await _writes.TryWriteAsync(write, HasRoomAsync, cancellationToken) is { } etag ? webhook with { ETag = etag } : null;

        async Task<bool> HasRoomAsync(CancellationToken stop)
        {
            var all = await ListAsync(stop);
            return all.Count + all.Unreadable.Count < max;
        }
    }

    public async Task<Webhook?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row(id), cancellationToken: cancellationToken);
        return Webhooks.Read(entity);
    }

    public Task<RecordList<Webhook>> ListAsync(CancellationToken cancellationToken)
    {
        // The character after "-", which ends the prefix, sorts after every key with that prefix.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {"webhook-"} and RowKey lt {"webhook."}");
        return Webhooks.ListAsync(_table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken), cancellationToken);
    }

    public async Task<Webhook?> TryUpdateAsync(Webhook webhook, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(
            Entity(webhook), webhook.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag ? webhook with { ETag = etag } : null;

    public async Task<bool> TryDeleteAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _table.DeleteEntityAsync(Partition, Row(webhook.Id), webhook.ETag, cancellationToken);
            if (response.Status == 404)
                return false;

            await DeleteHealthAsync(webhook.Id, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return false;
        }
    }

    public async Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(Partition, Row(id), ETag.All, cancellationToken);
        await DeleteHealthAsync(id, cancellationToken);
    }

    public async Task<TimeSpan> FindHoldAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, HoldRow(id), cancellationToken: cancellationToken);
        if (!entity.HasValue || entity.Value![HoldSeconds] is not double seconds)
            return TimeSpan.Zero;

        var left = TimeSpan.FromSeconds(seconds) - entity.Age();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public async Task HoldAsync(Guid id, TimeSpan duration, CancellationToken cancellationToken) => await _table.UpsertEntityAsync(
        new TableEntity(Partition, HoldRow(id)) { [HoldSeconds] = duration.TotalSeconds }, TableUpdateMode.Replace, cancellationToken);

    public async Task<DateTimeOffset?> FindFailingSinceAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, HealthRow(id), cancellationToken: cancellationToken);
        return entity.HasValue ? SinceOf(entity.Value!) : null;
    }

    public async Task SetFailingSinceAsync(Guid id, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        if (since is null)
            await _table.DeleteEntityAsync(Partition, HealthRow(id), ETag.All, cancellationToken);
        else
            await _table.UpsertEntityAsync(
                new TableEntity(Partition, HealthRow(id)) { [FailingSince] = EntityValues.Text(since) },
                TableUpdateMode.Replace,
                cancellationToken);
    }

    public void Dispose() => _writes.Dispose();

    // If it can't be read, start over.
    private static DateTimeOffset? SinceOf(TableEntity entity)
    {
        try
        {
            return entity.Instant(FailingSince);
        }
        catch (Exception exception) when (UnreadableRecordException.IsCause(exception))
        {
            return null;
        }
    }

    private static string Row(Guid id) => "webhook-" + NewestFirstKey.Of(id).Row;

    private static string HealthRow(Guid id) => $"health-{id:N}";

    private static string HoldRow(Guid id) => $"hold-{id:N}";

    private async Task DeleteHealthAsync(Guid id, CancellationToken cancellationToken)
    {
        await SetFailingSinceAsync(id, since: null, cancellationToken);
        await _table.DeleteEntityAsync(Partition, HoldRow(id), ETag.All, cancellationToken);
    }

    private static TableEntity Entity(Webhook webhook) => new TableEntity(Partition, Row(webhook.Id))
    {
        ["name"] = webhook.Name,
        ["kind"] = webhook.Kind.Name(),
        ["shownUrl"] = webhook.ShownUrl,
        ["closedUrl"] = webhook.EncryptedUrl,
        ["filter"] = EntityValues.Json(webhook.Filter, NotificationsJson.Default.SubscriptionFilter),
        ["template"] = webhook.Template ?? "",
        ["language"] = webhook.Language,
        ["enabled"] = webhook.Enabled,
        ["disabledBecause"] = webhook.DisabledBecause ?? "",
        ["closedSecret"] = webhook.EncryptedSecret ?? "",
        [OldSecrets] = webhook.OldSecrets.Count == 0 ? "" : EntityValues.Json(
            webhook.OldSecrets, NotificationsJson.Default.IReadOnlyListOldSecret),
        ["createdAt"] = EntityValues.Text(webhook.CreatedAt),
        ["updatedAt"] = EntityValues.Text(webhook.UpdatedAt),
    }.WithoutEmpty();

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = NewestFirstKey.IdOf(entity.RowKey["webhook-".Length..]);
        return (id, NewestFirstKey.TimeOf(id));
    }

    private static IReadOnlyList<OldSecret> OldSecretsOf(TableEntity entity)
    {
        if (entity.Json(OldSecrets, NotificationsJson.Default.IReadOnlyListOldSecret) is { } secrets)
            return secrets;

        // Stored by an earlier version.
        return entity.GetString("closedOldSecret") is { Length: > 0 } closed && entity.Instant("oldSecretUntil") is { } until
            ? [new OldSecret(closed, until)]
            : [];
    }

    private static Webhook ToWebhook(TableEntity entity) => new()
    {
        Id = NewestFirstKey.IdOf(entity.RowKey["webhook-".Length..]),
        ETag = entity.ETag,
        Name = entity.Required("name"),
        Kind = WebhookKinds.Find(entity.GetString("kind")) ?? throw new InvalidDataException("Its kind is unknown."),
        ShownUrl = entity.Required("shownUrl"),
        EncryptedUrl = entity.Required("closedUrl"),
        Filter = entity.Json("filter", NotificationsJson.Default.SubscriptionFilter) ?? SubscriptionFilter.All,
        Template = entity.GetString("template"),
        Language = entity.Required("language"),
        Enabled = entity.GetBoolean("enabled") ?? false,
        DisabledBecause = entity.GetString("disabledBecause"),
        EncryptedSecret = entity.GetString("closedSecret"),
        OldSecrets = OldSecretsOf(entity),
        CreatedAt = entity.Instant("createdAt") ?? default,
        UpdatedAt = entity.Instant("updatedAt") ?? default,
    };
}

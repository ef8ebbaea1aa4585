using Azure;
using Azure.Data.Tables;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Subscriptions in one partition of Azure Tables, by inverted id: newest first.</summary>
internal sealed class TableSubscriptionStore(StorageAccount account) : ISubscriptionStore
{
    private const string Partition = "subscriptions";
    private const string Content = "content";

    private static readonly TableRecords<Subscription> Records = new(ToSubscription, Describe);

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SubscriptionsTable);

    public async Task<Subscription> AddAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var response = await _table.AddEntityAsync(Entity(subscription), cancellationToken);
        return subscription with { ETag = response.Headers.ETag ?? default };
    }

    public async Task<Subscription?> TryUpdateAsync(Subscription subscription, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(Entity(subscription), subscription.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag
            ? subscription with { ETag = etag }
            : null;

    public async Task<Subscription?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row(id), cancellationToken: cancellationToken);
        return Records.Read(entity);
    }

    public Task<RecordList<Subscription>> ListAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        return Records.ListAsync(_table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken), cancellationToken);
    }

    public Task<bool> TryDeleteAsync(Subscription subscription, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(Partition, Row(subscription.Id), subscription.ETag, cancellationToken);

    public async Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(Partition, Row(id), ETag.All, cancellationToken);

    private static string Row(Guid id) => ExportJobKey.Of(id).Row;

    private static TableEntity Entity(Subscription subscription) =>
        new(Partition, Row(subscription.Id)) { [Content] = EntityValues.Json(subscription, NotificationsJson.Default.Subscription) };

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = ExportJobKey.IdOf(entity.RowKey);
        return (id, ExportJobKey.TimeOf(id));
    }

    private static Subscription ToSubscription(TableEntity entity) =>
        (entity.Json(Content, NotificationsJson.Default.Subscription) ?? throw new InvalidDataException("It is empty.")) with { ETag = entity.ETag };
}

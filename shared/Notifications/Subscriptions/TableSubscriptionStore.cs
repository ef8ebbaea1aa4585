using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Subscriptions in one partition of Azure Tables, by inverted id: newest first.</summary>
internal sealed class TableSubscriptionStore : ISubscriptionStore, IDisposable
{
    private const string Partition = "subscriptions";
    private const string Content = "content";

    private static readonly TableRecords<Subscription> Records = new(ToSubscription, Describe);

    private readonly TableClient _table;
    private readonly CountedWrites _writes;

    public TableSubscriptionStore(StorageAccount account)
    {
        _table = account.Tables.GetTableClient(StorageNames.SubscriptionsTable);
        _writes = new CountedWrites(_table, Partition);
    }

    public async Task<Subscription?> TryAddAsync(
        Subscription subscription, Func<RecordList<Subscription>, bool> hasRoom, CancellationToken cancellationToken)
    {
        var write = new TableTransactionAction(TableTransactionActionType.Add, Entity(subscription));
        var etag = await _writes.TryWriteAsync(write, async stop => hasRoom(await ListAsync(stop)), cancellationToken);
        return etag is { } stored ? subscription with { ETag = stored } : null;
    }

    public async Task<(Subscription? Subscription, bool HasRoom)> TryUpdateAsync(
        Subscription subscription, Func<RecordList<Subscription>, bool> hasRoom, CancellationToken cancellationToken)
    {
        try
        {
            var write = new TableTransactionAction(TableTransactionActionType.UpdateReplace, Entity(subscription), subscription.ETag);
            var etag = await _writes.TryWriteAsync(write, async stop => hasRoom(await ListAsync(stop)), cancellationToken);
            return etag is { } stored ? (subscription with { ETag = stored }, true) : (null, false);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return (null, true);
        }
    }

    public async Task<Subscription?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row(id), cancellationToken: cancellationToken);
        return Records.Read(entity);
    }

    public Task<RecordList<Subscription>> ListAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {CountedWrites.Row}");
        return Records.ListAsync(_table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken), cancellationToken);
    }

    public Task<bool> TryDeleteAsync(Subscription subscription, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(Partition, Row(subscription.Id), subscription.ETag, cancellationToken);

    public async Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(Partition, Row(id), ETag.All, cancellationToken);

    public void Dispose() => _writes.Dispose();

    private static string Row(Guid id) => NewestFirstKey.Of(id).Row;

    private static TableEntity Entity(Subscription subscription) =>
        new(Partition, Row(subscription.Id)) { [Content] = EntityValues.Json(subscription, NotificationsJson.Default.Subscription) };

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = NewestFirstKey.IdOf(entity.RowKey);
        return (id, NewestFirstKey.TimeOf(id));
    }

    private static Subscription ToSubscription(TableEntity entity) =>
        (entity.Json(Content, NotificationsJson.Default.Subscription) ?? throw new InvalidDataException("It is empty."))
            with
        { ETag = entity.ETag };
}

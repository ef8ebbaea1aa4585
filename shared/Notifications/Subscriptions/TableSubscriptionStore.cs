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

    public async Task AddAsync(Subscription subscription, CancellationToken cancellationToken) => await _table.AddEntityAsync(Entity(subscription), cancellationToken);

    public async Task<bool> TryReplaceAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(Entity(subscription), ETag.All, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

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

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        // Also one that can't be read.
        if (!(await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row(id), ["RowKey"], cancellationToken)).HasValue)
            return false;

        await _table.DeleteEntityAsync(Partition, Row(id), ETag.All, cancellationToken);
        return true;
    }

    private static string Row(Guid id) => ExportJobKey.Of(id).Row;

    private static TableEntity Entity(Subscription subscription) =>
        new(Partition, Row(subscription.Id)) { [Content] = EntityValues.Json(subscription, NotificationsJson.Default.Subscription) };

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = ExportJobKey.IdOf(entity.RowKey);
        return (id, ExportJobKey.TimeOf(id));
    }

    private static Subscription ToSubscription(TableEntity entity) =>
        entity.Json(Content, NotificationsJson.Default.Subscription) ?? throw new InvalidDataException("It is empty.");
}

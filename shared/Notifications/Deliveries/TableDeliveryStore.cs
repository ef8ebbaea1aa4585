using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Deliveries;

/// <summary>Deliveries in Azure Tables, by day and newest first, like jobs.</summary>
internal sealed class TableDeliveryStore(StorageAccount account) : IDeliveryStore
{
    private const string Content = "delivery";
    private static readonly TableRecords<Delivery> Records = new(ToDelivery, Describe);

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.DeliveriesTable);

    public async Task<bool> TryAddAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(Entity(delivery), cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return false;
        }
    }

    public async Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var key = NewestFirstKey.Of(id);
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, cancellationToken: cancellationToken);
        return Records.Read(entity) is { } delivery ? delivery with { Age = entity.Age() } : null;
    }

    public async Task<Delivery?> TryUpdateAsync(Delivery delivery, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(
            Entity(delivery), delivery.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag ? delivery with { ETag = etag } : null;

    public async Task<DeliveryPage> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        var parts = new List<string> { TableClient.CreateQueryFilter($"PartitionKey ge {""}") };
        if (query.Since is { } since)
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey le {NewestFirstKey.Since(since).Partition}"));
        if (query.Event is { } wanted)
            parts.Add(TableClient.CreateQueryFilter($"event eq {wanted.Name()}"));
        if (query.State is { } state)
            parts.Add(TableClient.CreateQueryFilter($"state eq {state.ToString()}"));
        if (query.ExportId is { } exportId)
            parts.Add(TableClient.CreateQueryFilter($"exportId eq {exportId.ToString("N")}"));
        if (query.WebhookId is { } webhookId)
            parts.Add(TableClient.CreateQueryFilter($"webhookId eq {webhookId.ToString("N")}"));

        var (entities, token, readAt) = await TablePages.ReadAsync(
            _table, string.Join(" and ", parts), query.PageSize, query.ContinuationToken, cancellationToken);
        var records = new TableRecords<Delivery>(entity => ToDelivery(entity) with { Age = entity.AgeAt(readAt) }, Describe);
        return new DeliveryPage(records.List(entities), token);
    }

    public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken)
    {
        var key = NewestFirstKey.Before(instant);
        var filter =
            TableClient.CreateQueryFilter($"PartitionKey gt {key.Partition} or (PartitionKey eq {key.Partition} and RowKey ge {key.Row})");
        return TableSweep.RunAsync(_table, filter, action, cancellationToken);
    }

    private static TableEntity Entity(Delivery delivery)
    {
        var key = NewestFirstKey.Of(delivery.Id);
        return new TableEntity(key.Partition, key.Row)
        {
            ["event"] = delivery.Event.Name(),
            ["state"] = delivery.State.ToString(),
            ["exportId"] = delivery.ExportId?.ToString("N") ?? "",
            ["webhookId"] = delivery.WebhookId?.ToString("N") ?? "",
            [Content] = EntityValues.Json(delivery, NotificationsJson.Default.Delivery),
        };
    }

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = NewestFirstKey.IdOf(entity.RowKey);
        return (id, NewestFirstKey.TimeOf(id));
    }

    private static Delivery ToDelivery(TableEntity entity)
    {
        var delivery = entity.Json(Content, NotificationsJson.Default.Delivery) ?? throw new InvalidDataException("It is empty.");
        return delivery with { ETag = entity.ETag };
    }
}

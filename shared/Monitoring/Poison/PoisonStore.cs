using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Poison;

/// <summary>Poison messages in Azure Tables: one partition, newest first.</summary>
public sealed class PoisonStore(StorageAccount account)
{
    private const string Partition = "poison";
    private const string Body = "body";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.PoisonTable);

    /// <summary>Stores a message; storing it again has no effect.</summary>
    /// <param name="message">The message.</param>
    public async Task PutAsync(PoisonMessage message, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, Row(message.Id))
        {
            ["queue"] = message.Queue,
            ["isReadable"] = message.IsReadable,
            ["reason"] = message.Reason,
            ["keptAt"] = message.KeptAt,
        };
        TextChunks.Write(entity, Body, message.Body);
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Reads a message; null when there is none.</summary>
    /// <param name="id">Its id.</param>
    public async Task<PoisonMessage?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row(id), cancellationToken: cancellationToken);
        return entity.HasValue ? ToMessage(entity.Value!) : null;
    }

    /// <summary>Lists messages, newest first.</summary>
    /// <param name="pageSize">Page size, 1 to 1,000.</param>
    /// <param name="continuationToken">The previous page's continuation token; null for the first page.</param>
    public async Task<PoisonPage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var query = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), pageSize, cancellationToken: cancellationToken);
        await foreach (var page in query.AsPages(continuationToken, pageSize).WithCancellation(cancellationToken))
            return new PoisonPage([.. page.Values.Select(ToMessage)], page.ContinuationToken);

        return new PoisonPage([], ContinuationToken: null);
    }

    /// <summary>Removes a message; false when it no longer exists.</summary>
    /// <param name="id">Its id.</param>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var response = await _table.DeleteEntityAsync(Partition, Row(id), cancellationToken: cancellationToken);
        return response.Status != 404;
    }

    /// <summary>Removes the messages stored before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">The action to take on them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of messages.</returns>
    public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(
        _table,
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {NewestFirstKey.Before(instant).Row}"),
        action,
        cancellationToken);

    private static string Row(Guid id) => NewestFirstKey.Of(id).Row;

    private static PoisonMessage ToMessage(TableEntity entity) => new(
        NewestFirstKey.IdOf(entity.RowKey),
        entity.GetString("queue") ?? "",
        TextChunks.Read(entity, Body),
        entity.GetBoolean("isReadable") ?? false,
        entity.GetString("reason") ?? "",
        (entity.GetDateTimeOffset("keptAt") ?? default).UtcDateTime);
}

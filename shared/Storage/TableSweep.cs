using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>What a sweep does with the records it finds.</summary>
public enum SweepAction
{
    /// <summary>Delete the record.</summary>
    Remove,

    /// <summary>Count the record and keep it.</summary>
    Count,
}

/// <summary>Deletes many records of a table, in transactions of up to 100 per partition.</summary>
internal static class TableSweep
{
    // The maximum size of a transaction.
    private const int MaxPerCall = 100;

    /// <summary>Sweeps the records that match a filter.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="action">What to do with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of records; those that another sweep deleted at the same time may cause some to be left for the next.</returns>
    public static async Task<int> RunAsync(TableClient table, string filter, SweepAction action, CancellationToken cancellationToken)
    {
        var swept = 0;
        var old = table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        await foreach (var page in old.AsPages().WithCancellation(cancellationToken))
            swept += await RunAsync(table, [.. page.Values], action, cancellationToken);

        return swept;
    }

    /// <summary>Sweeps records; a record with an ETag only if it is unchanged since it was read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="entities">The records' keys and ETags.</param>
    /// <param name="action">What to do with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of records.</returns>
    public static async Task<int> RunAsync(
        TableClient table, IReadOnlyCollection<TableEntity> entities, SweepAction action, CancellationToken cancellationToken)
    {
        if (action == SweepAction.Count)
            return entities.Count;

        var removed = 0;
        foreach (var batch in entities.GroupBy(
            entity => entity.PartitionKey, StringComparer.Ordinal).SelectMany(partition => partition.Chunk(MaxPerCall)))
        {
            try
            {
                var deletions = batch.Select(entity => new TableTransactionAction(
                    TableTransactionActionType.Delete, entity, entity.ETag == default ? ETag.All : entity.ETag));
                await table.SubmitTransactionAsync(deletions, cancellationToken);
                removed += batch.Length;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412)
            {
                // One of them was changed or deleted by someone else: the next sweep deletes the rest.
            }
        }

        return removed;
    }
}

using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>What a sweep does with what it finds.</summary>
public enum SweepAction
{
    /// <summary>It is removed.</summary>
    Remove,

    /// <summary>It is counted and stays.</summary>
    Count,
}

/// <summary>Removes many records of a table, a transaction for up to 100 of a partition.</summary>
internal static class TableSweep
{
    // What a transaction may hold.
    private const int MaxPerCall = 100;

    /// <summary>Sweeps what a filter matches.</summary>
    /// <param name="table">The table.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="action">What is done with it.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of records; what another sweep took at the same time may be left for the next.</returns>
    public static async Task<int> RunAsync(TableClient table, string filter, SweepAction action, CancellationToken cancellationToken)
    {
        var swept = 0;
        var old = table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        await foreach (var page in old.AsPages().WithCancellation(cancellationToken))
            swept += await RunAsync(table, [.. page.Values], action, cancellationToken);

        return swept;
    }

    /// <summary>Sweeps records, each only as it was read when its ETag says so.</summary>
    /// <param name="table">The table.</param>
    /// <param name="entities">The records' keys and ETags.</param>
    /// <param name="action">What is done with them.</param>
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
                // Somebody changed or took one of them: the next sweep takes the rest.
            }
        }

        return removed;
    }
}

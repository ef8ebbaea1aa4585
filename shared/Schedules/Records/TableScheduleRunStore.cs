using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>Histories in Azure Tables.</summary>
internal sealed class TableScheduleRunStore(StorageAccount account) : IScheduleRunStore
{
    // What a transaction may hold.
    private const int MostAtOnce = 100;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ScheduleRunsTable);

    public async Task<ScheduleRunPage> ListAsync(Guid scheduleId, int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ScheduleRunEntity.PartitionOf(scheduleId)}");
        var runs = new List<ScheduleRun>();
        var token = continuationToken;
        do
        {
            var rest = pageSize - runs.Count;
            await using var page = _table.QueryAsync<TableEntity>(filter, rest, cancellationToken: cancellationToken).AsPages(token, rest).GetAsyncEnumerator(cancellationToken);
            token = await page.MoveNextAsync() ? page.Current.ContinuationToken : null;
            if (page.Current is not null)
                runs.AddRange(page.Current.Values.Select(ScheduleRunEntity.ToRun));
        }
        while (token is not null && runs.Count < pageSize);

        return new ScheduleRunPage(runs, token);
    }

    public async Task AddAsync(ScheduleRun run, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(ScheduleRunEntity.Of(run), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // There is one, and it may know more by now.
        }
    }

    public Task PutAsync(ScheduleRun run, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(ScheduleRunEntity.Of(run), TableUpdateMode.Replace, cancellationToken);

    public async Task<bool> HasAsync(ScheduleRun run, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            ScheduleRunEntity.PartitionOf(run.ScheduleId), ScheduleRunEntity.RowOf(run), ["RowKey"], cancellationToken);
        return entity.HasValue;
    }

    public async Task<int> RemoveOlderThanAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var removed = 0;
        var old = _table.QueryAsync<TableEntity>(ScheduleRunEntity.DueBefore(instant), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        await foreach (var page in old.AsPages().WithCancellation(cancellationToken))
        {
            foreach (var batch in page.Values.GroupBy(entity => entity.PartitionKey).SelectMany(partition => partition.Chunk(MostAtOnce)))
                removed += await RemoveAsync(batch, cancellationToken);
        }

        return removed;
    }

    private async Task<int> RemoveAsync(TableEntity[] batch, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(batch.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, ETag.All)), cancellationToken);
            return batch.Length;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Another sweep took some of them: the next one takes the rest.
            return 0;
        }
    }
}

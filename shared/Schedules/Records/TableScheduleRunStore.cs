using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>Histories in Azure Tables.</summary>
internal sealed class TableScheduleRunStore(StorageAccount account) : IScheduleRunStore
{
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ScheduleRunsTable);

    public async Task<ScheduleRunPage> ListAsync(
        Guid scheduleId, int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ScheduleRunEntity.PartitionOf(scheduleId)}");
        var (entities, token, _) = await TablePages.ReadAsync(_table, filter, pageSize, continuationToken, cancellationToken);
        return new ScheduleRunPage(ScheduleRunEntity.Records.List(entities), token);
    }

    public async Task AddAsync(ScheduleRun run, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(ScheduleRunEntity.Of(run), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // An entry exists, and may be more recent.
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

    public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(_table, ScheduleRunEntity.DueBefore(instant), action, cancellationToken);
}

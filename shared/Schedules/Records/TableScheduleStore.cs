using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>Schedules in Azure Tables. The lists of what is due and of what has open runs are rows of the same partition: a tick reads those and never all the schedules.</summary>
internal sealed class TableScheduleStore(StorageAccount account) : IScheduleStore
{
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SchedulesTable);

    public Task<Schedule?> TryCreateAsync(Schedule schedule, CancellationToken cancellationToken) =>
        SubmitAsync(schedule, new TableTransactionAction(TableTransactionActionType.Add, ScheduleEntity.Whole(schedule)), cancellationToken);

    public async Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(ScheduleKeys.Partition, ScheduleKeys.RowOf(id), cancellationToken: cancellationToken);
        return entity.HasValue ? ScheduleEntity.ToSchedule(entity.Value!) : null;
    }

    public Task<Schedule?> TryUpdateAsync(Schedule schedule, CancellationToken cancellationToken) =>
        SubmitAsync(schedule, new TableTransactionAction(TableTransactionActionType.UpdateMerge, ScheduleEntity.ForUpdate(schedule), schedule.ETag), cancellationToken);

    public Task<Schedule?> TryReplaceAsync(Schedule schedule, CancellationToken cancellationToken) =>
        SubmitAsync(schedule, new TableTransactionAction(TableTransactionActionType.UpdateReplace, ScheduleEntity.Whole(schedule), schedule.ETag), cancellationToken);

    public async Task<bool> TryDeleteAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var removal = new TableTransactionAction(
            TableTransactionActionType.Delete, new TableEntity(ScheduleKeys.Partition, ScheduleKeys.RowOf(schedule.Id)), schedule.ETag);
        return await SubmitAsync(schedule with { NextDue = null, OpenRuns = [] }, removal, cancellationToken) is not null;
    }

    public async Task<SchedulePage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var schedules = new List<Schedule>();
        var token = continuationToken;
        do
        {
            var rest = pageSize - schedules.Count;
            var pages = _table.QueryAsync<TableEntity>(ScheduleKeys.Schedules, rest, ScheduleEntity.WithoutRequest, cancellationToken).AsPages(token, rest);
            await using var page = pages.GetAsyncEnumerator(cancellationToken);
            token = await page.MoveNextAsync() ? page.Current.ContinuationToken : null;
            if (page.Current is not null)
                schedules.AddRange(page.Current.Values.Select(ScheduleEntity.ToSchedule));
        }
        while (token is not null && schedules.Count < pageSize);

        return new SchedulePage(schedules, token);
    }

    public async IAsyncEnumerable<DueEntry> ListDueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(ScheduleKeys.DueUntil(now), cancellationToken: cancellationToken))
            yield return ScheduleKeys.ToDue(entity);
    }

    public async Task RemoveDueAsync(DueEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(ScheduleKeys.Partition, ScheduleKeys.DueRow(entry.ScheduleId, entry.DueAt), entry.ETag, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // Listed anew since: it is as it should be.
        }
    }

    public async IAsyncEnumerable<Guid> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(ScheduleKeys.Open, select: ["RowKey"], cancellationToken: cancellationToken))
            yield return ScheduleKeys.OpenIdOf(entity.RowKey);
    }

    /// <summary>Changes the record and the lists in one transaction: all of it, or nothing.</summary>
    private async Task<Schedule?> SubmitAsync(Schedule schedule, TableTransactionAction record, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _table.SubmitTransactionAsync([record, .. ScheduleKeys.ListChanges(schedule)], cancellationToken);
            return schedule with
            {
                ETag = response.Value[0].Headers.ETag ?? default,
                ListedDue = schedule.NextDue,
                IsListedOpen = schedule.OpenRuns.Count > 0,
            };
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return null;
        }
    }
}

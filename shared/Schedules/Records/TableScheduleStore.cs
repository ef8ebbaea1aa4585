using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Storage;

namespace ExportFunctions.Schedules.Records;

/// <summary>
/// Schedules in Azure Tables. The lists of due schedules and of those with open runs are rows in the same partitions: a tick reads those,
/// never all the schedules.
/// </summary>
internal sealed class TableScheduleStore(StorageAccount account, ILargeFilters filters) : IScheduleStore
{
    // The table service's maximum page size.
    private const int MaxPerCall = 1000;

    private const int MaxReadings = 5;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SchedulesTable);

    public async Task<Schedule?> TryCreateAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(schedule, cancellationToken);
        var addition = new TableTransactionAction(TableTransactionActionType.Add, ScheduleEntity.Whole(recorded));
        return await SubmitAsync(schedule, addition, cancellationToken) is { } created
            ? created with { LargeFilter = recorded.LargeFilter }
            : null;
    }

    public async Task<int> CountAsync(int max, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var partition in ScheduleKeys.Partitions)
        {
            var rows = _table.QueryAsync<TableEntity>(
                ScheduleKeys.SchedulesAfter(partition, row: null), select: ["RowKey"], cancellationToken: cancellationToken);
            await foreach (var _ in rows)
            {
                if (++count == max)
                    return count;
            }
        }

        return count;
    }

    public async Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        for (var found = 1; ; found++)
        {
            var (partition, row) = (ScheduleKeys.PartitionOf(id), ScheduleKeys.RowOf(id));
            var entity = await _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
            if (ScheduleEntity.WithRequest.Read(entity) is not { } recorded)
                return null;

            // If the filter is gone, it was replaced together with its record after the record was read.
            if (await WholeAsync(recorded, cancellationToken) is { } whole)
                return whole;
            if (found == MaxReadings)
                throw Unreadable(recorded, new InvalidDataException("Its filter, which is kept apart because of its size, is gone."));
        }
    }

    public Task<Schedule?> TryUpdateAsync(Schedule schedule, CancellationToken cancellationToken) =>
        SubmitAsync(
            schedule,
            new TableTransactionAction(TableTransactionActionType.UpdateMerge, ScheduleEntity.ForUpdate(schedule), schedule.ETag),
            cancellationToken);

    public async Task<Schedule?> TryReplaceAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(schedule, cancellationToken);
        var entity = ScheduleEntity.Whole(recorded);
        var replacement = new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, schedule.ETag);
        if (await SubmitAsync(schedule, replacement, cancellationToken) is not { } replaced)
            return null;

        await RemoveFilterAsync(schedule, cancellationToken);
        return replaced with { LargeFilter = recorded.LargeFilter };
    }

    public async Task<bool> TryDeleteAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var removal = new TableTransactionAction(
            TableTransactionActionType.Delete, new TableEntity(
                ScheduleKeys.PartitionOf(schedule.Id), ScheduleKeys.RowOf(schedule.Id)), schedule.ETag);
        if (await SubmitAsync(schedule with { NextDue = null, OpenRuns = [] }, removal, cancellationToken) is null)
            return false;

        await RemoveFilterAsync(schedule, cancellationToken);
        return true;
    }

    public async Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(ScheduleKeys.PartitionOf(id), ScheduleKeys.RowOf(id), ETag.All, cancellationToken);
        await _table.DeleteEntityAsync(ScheduleKeys.PartitionOf(id), ScheduleKeys.OpenRow(id), ETag.All, cancellationToken);
    }

    public async Task<SchedulePage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        // Reads one more than requested to see whether there are more. The token has the service's own form: two keys separated by a space.
        var row = continuationToken?.Split(' ')[^1];
        var found = await Task.WhenAll(ScheduleKeys.Partitions.Select(
            partition => FirstAsync(ScheduleKeys.SchedulesAfter(partition, row), pageSize + 1, cancellationToken)));
        var newest =
            found.SelectMany(entities => entities).OrderBy(entity => entity.RowKey, StringComparer.Ordinal).Take(pageSize + 1).ToList();
        var token = newest.Count > pageSize ? $"{newest[pageSize - 1].PartitionKey} {newest[pageSize - 1].RowKey}" : null;
        return new SchedulePage(ScheduleEntity.Parts.List(newest.Take(pageSize)), token);
    }

    public async IAsyncEnumerable<Schedule> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in ScheduleKeys.Partitions)
        {
            var pages = _table.QueryAsync<TableEntity>(
                ScheduleKeys.Active(partition), select: ScheduleEntity.WithoutRequest, cancellationToken: cancellationToken).AsPages();
            await foreach (var page in pages.WithCancellation(cancellationToken))
            {
                foreach (var schedule in ScheduleEntity.Parts.List(page.Values))
                    yield return schedule;
            }
        }
    }

    public async IAsyncEnumerable<DueEntry> ListDueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in ScheduleKeys.Partitions)
        {
            await foreach (
                var entity in _table.QueryAsync<TableEntity>(ScheduleKeys.DueUntil(partition, now), cancellationToken: cancellationToken))
            {
                // Ignore rows of any other form.
                if (ScheduleKeys.ToDue(entity) is { } due)
                    yield return due;
            }
        }
    }

    public async Task RemoveDueAsync(DueEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(
                ScheduleKeys.PartitionOf(entry.ScheduleId),
                ScheduleKeys.DueRow(entry.ScheduleId, entry.DueAt),
                entry.ETag,
                cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // Listed again since: it is correct now.
        }
    }

    public async IAsyncEnumerable<Guid> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var partition in ScheduleKeys.Partitions)
        {
            await foreach (var entity in _table.QueryAsync<TableEntity>(
                ScheduleKeys.Open(partition), select: ["RowKey"], cancellationToken: cancellationToken))
            {
                if (ScheduleKeys.OpenIdOf(entity.RowKey) is { } id)
                    yield return id;
            }
        }
    }

    private async Task<List<TableEntity>> FirstAsync(string filter, int max, CancellationToken cancellationToken)
    {
        var found = new List<TableEntity>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            filter, Math.Min(max, MaxPerCall), ScheduleEntity.WithoutRequest, cancellationToken))
        {
            found.Add(entity);
            if (found.Count == max)
                break;
        }

        return found;
    }

    /// <summary>The schedule with its complete request; null when its filter is gone.</summary>
    private async Task<Schedule?> WholeAsync(Schedule recorded, CancellationToken cancellationToken)
    {
        try
        {
            return await filters.WholeAsync(FilterOwner.OfSchedule(recorded.Id), recorded.RequestJson, cancellationToken) is { } whole
                ? recorded with { RequestJson = whole, LargeFilter = SplitRequest.NameOf(recorded.RequestJson) }
                : null;
        }
        catch (InvalidDataException exception)
        {
            throw Unreadable(recorded, exception);
        }
    }

    private static UnreadableRecordException Unreadable(Schedule schedule, InvalidDataException cause) =>
        new(new UnreadableRecord(schedule.Id.ToString(), schedule.CreatedAt, UnreadableRecordException.ReasonOf(cause)), cause);

    /// <summary>
    /// The schedule as recorded, with its filter stored separately when it is too large. If the record is never written, the cleanup
    /// removes the filter.
    /// </summary>
    private async Task<Schedule> RecordedAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var recorded = await filters.SetApartAsync(FilterOwner.OfSchedule(schedule.Id), schedule.RequestJson, cancellationToken);
        return schedule with { RequestJson = recorded, LargeFilter = SplitRequest.NameOf(recorded) };
    }

    /// <summary>Removes the filter of the record as it was read, which is no longer referenced.</summary>
    private async Task RemoveFilterAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        if (schedule.LargeFilter is { } name)
            await filters.RemoveAsync(new KeptFilter(FilterOwner.OfSchedule(schedule.Id), name), cancellationToken);
    }

    /// <summary>Changes the record and the lists in one transaction.</summary>
    private async Task<Schedule?> SubmitAsync(Schedule schedule, TableTransactionAction record, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _table.SubmitTransactionAsync([record, .. ScheduleKeys.ListChanges(schedule)], cancellationToken);
            return schedule with
            {
                ETag = response.Value[0].Headers.ETag ?? default,
                ListedDue = schedule.NextDue,
                IsListedOpen = schedule.IsOpen,
            };
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return null;
        }
    }
}

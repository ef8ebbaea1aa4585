using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// Jobs in Azure Tables: one table of jobs by day, and one partition that lists the active ones, so that the cost of the sweep depends on
/// how many jobs are active, not on how many there ever were.
/// </summary>
internal sealed class TableExportJobStore(StorageAccount account, ILargeFilters filters, TimeProvider time) : IExportJobStore
{
    private const string ActivePartition = "active";

    // Otherwise a filter that matches nothing would scan every job there ever was in one request.
    private const int MaxRoundTrips = 20;

    private readonly RecordLease _lease = new(time);
    private readonly TableClient _jobs = account.Tables.GetTableClient(StorageNames.JobsTable);
    private readonly TableClient _active = account.Tables.GetTableClient(StorageNames.ActiveTable);

    public async Task<bool> TryCreateAsync(ExportJob job, CancellationToken cancellationToken)
    {
        // Listed first: a crash in between leaves an entry without a job, which the sweep removes, rather than a job the sweep never sees.
        await _active.UpsertEntityAsync(ActiveEntity(job), TableUpdateMode.Replace, cancellationToken);
        var request = await filters.SetApartAsync(FilterOwner.OfJob(job.Id), job.RequestJson, cancellationToken);
        var recorded = job with { RequestJson = request };
        if (await _jobs.TryAddAsync(ExportJobEntity.ForCreation(recorded), cancellationToken))
            return true;

        await RemoveUnusedFilterAsync(recorded, cancellationToken);
        return false;
    }

    /// <summary>
    /// Removes the filter just stored when the record already existed, unless it is that record's own filter: a retry inside the storage
    /// client may have repeated the call.
    /// </summary>
    private async Task RemoveUnusedFilterAsync(ExportJob recorded, CancellationToken cancellationToken)
    {
        if (SplitRequest.NameOf(recorded.RequestJson) is not { } name || await FindAsync(recorded.Id, cancellationToken) is not { } there)
            return;
        if (SplitRequest.NameOf(there.RequestJson) != name)
            await filters.RemoveAsync(new KeptFilter(FilterOwner.OfJob(recorded.Id), name), cancellationToken);
    }

    public async Task<ExportJob?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var key = NewestFirstKey.Of(id);
        var entity = await _jobs.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, cancellationToken: cancellationToken);
        return ExportJobEntity.WithRequest.Read(entity) is { } job
            ? job with { LeaseUntil = _lease.Read(entity.Value!, entity.GetRawResponse()) }
            : null;
    }

    public async Task<ExportJob?> TryUpdateAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var entity = ExportJobEntity.ForUpdate(job);
        _lease.Write(entity, job.LeaseUntil);
        return await _jobs.TryUpdateAsync(entity, job.ETag, TableUpdateMode.Merge, cancellationToken) is { } etag
            ? job with { ETag = etag }
            : null;
    }

    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var key = NewestFirstKey.Of(id);
        await _jobs.DeleteEntityAsync(key.Partition, key.Row, ETag.All, cancellationToken);
    }

    public async Task<ExportJobPage> ListAsync(ExportJobQuery query, CancellationToken cancellationToken)
    {
        var filter = FilterOf(query);
        var jobs = new List<TableEntity>();
        var token = query.ContinuationToken;

        // The service may return a short page and a token at a partition boundary: continue until the page is full.
        var roundTrips = 0;
        do
        {
            var rest = query.PageSize - jobs.Count;
            var pages = _jobs.QueryAsync<TableEntity>(filter, rest, ExportJobEntity.WithoutRequest, cancellationToken).AsPages(token, rest);
            await using var page = pages.GetAsyncEnumerator(cancellationToken);
            token = await page.MoveNextAsync() ? page.Current.ContinuationToken : null;
            if (page.Current is not null)
                jobs.AddRange(page.Current.Values);
        }
        while (token is not null && jobs.Count < query.PageSize && ++roundTrips < MaxRoundTrips);

        return new ExportJobPage(ExportJobEntity.Parts.List(jobs), token);
    }

    public async Task<int> SweepOlderThanAsync(
        DateTimeOffset instant, DateTimeOffset now, SweepAction action, CancellationToken cancellationToken)
    {
        // The timestamp in the key bounds the search. It may be long before the job's own: for a scheduled run it is the instant the run
        // was due.
        var key = NewestFirstKey.Before(instant);
        var filter = TableClient.CreateQueryFilter(
            $"(PartitionKey gt {key.Partition} or (PartitionKey eq {key.Partition} and RowKey ge {key.Row})) and createdAt lt {instant}");
        var swept = 0;
        var old = _jobs.QueryAsync<TableEntity>(filter, select: ExportJobEntity.WithoutRequest, cancellationToken: cancellationToken);
        await foreach (var page in old.AsPages().WithCancellation(cancellationToken))
        {
            // An unreadable record may have a file that is still kept: it stays until someone deletes it.
            var jobs = ExportJobEntity.Parts.List(page.Values);
            var over = jobs.Where(job => IsExpired(job, now)).Select(job => NewestFirstKey.Of(job.Id)).ToHashSet();
            var entities = page.Values.Where(entity => over.Contains(new NewestFirstKey(entity.PartitionKey, entity.RowKey)));
            swept += await TableSweep.RunAsync(_jobs, [.. entities], action, cancellationToken);
        }

        return swept;
    }

    public async IAsyncEnumerable<ActiveEntry> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ActivePartition}");
        await foreach (var entity in _active.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            // Ignore rows of any other form.
            if (Guid.TryParseExact(entity.RowKey, "N", out var id))
                yield return new ActiveEntry(
                    id, entity.Timestamp ?? throw new InvalidDataException("The table service gave no timestamp."), entity.ETag)
                {
                    Turn = new JobTurn(entity.GetString("caller") ?? "", entity.GetString("sizeKey") ?? ""),
                };
        }
    }

    public async Task RemoveActiveAsync(Guid id, CancellationToken cancellationToken) =>
        await _active.DeleteEntityAsync(ActivePartition, id.ToString("N"), ETag.All, cancellationToken);

    public async Task RemoveActiveAsync(ActiveEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _active.DeleteEntityAsync(ActivePartition, entry.JobId.ToString("N"), entry.ETag, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // Listed again since: its job is being accepted.
        }
    }

    private static TableEntity ActiveEntity(ExportJob job) => new(ActivePartition, job.Id.ToString("N"))
    {
        ["caller"] = job.Turn.Caller,
        ["sizeKey"] = job.Turn.SizeKey,
    };

    private static bool IsExpired(ExportJob job, DateTimeOffset now) =>
        job.Status.IsFinal() && !(job is { Status: ExportStatus.Succeeded, File: { } file } && file.ExpiresAt > now);

    private static string? FilterOf(ExportJobQuery query)
    {
        var parts = new List<string>();
        if (query.From is { } from)
        {
            var key = NewestFirstKey.Since(from);
            parts.Add(TableClient.CreateQueryFilter(
                $"(PartitionKey lt {key.Partition} or (PartitionKey eq {key.Partition} and RowKey le {key.Row}))"));
        }

        if (query.To is { } to)
        {
            var key = NewestFirstKey.Before(to);
            parts.Add(TableClient.CreateQueryFilter(
                $"(PartitionKey gt {key.Partition} or (PartitionKey eq {key.Partition} and RowKey ge {key.Row}))"));
        }

        if (query.Status is { } status)
            parts.Add(TableClient.CreateQueryFilter($"status eq {status.Name()}"));
        if (query.Dataset is { } dataset)
            parts.Add(TableClient.CreateQueryFilter($"dataset eq {dataset}"));
        if (query.Format is { } format)
            parts.Add(TableClient.CreateQueryFilter($"format eq {format}"));

        return parts.Count == 0 ? null : string.Join(" and ", parts);
    }
}

using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Runs in Azure Tables: one partition, rows by inverted id, so that the table's order is newest first.</summary>
public sealed class MaintenanceRunStore(StorageAccount account)
{
    private const string Partition = "cleanup";
    private const string Run = "run";

    private static readonly TableRecords<MaintenanceRun> Records = new(ToRun, Describe);

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.MaintenanceTable);

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    public Task AddAsync(MaintenanceRun run, CancellationToken cancellationToken) => _table.AddEntityAsync(Entity(run), cancellationToken);

    /// <summary>Reads a run; null when there is none.</summary>
    /// <param name="id">The run's id.</param>
    /// <exception cref="UnreadableRecordException">Its record can't be read.</exception>
    public async Task<MaintenanceRun?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity =
            await _table.GetEntityIfExistsAsync<TableEntity>(Partition, NewestFirstKey.Of(id).Row, cancellationToken: cancellationToken);
        return Records.Read(entity);
    }

    /// <summary>Stores a changed run, if it has not been changed since it was read.</summary>
    /// <param name="run">The changed copy, with the ETag it was read with.</param>
    /// <returns>The run with its new ETag; null when another change came first or the run no longer exists.</returns>
    public async Task<MaintenanceRun?> TryUpdateAsync(MaintenanceRun run, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(
            Entity(run), run.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag ? run with { ETag = etag } : null;

    /// <summary>One page of runs, newest first.</summary>
    /// <param name="pageSize">Page size, 1 to 1,000.</param>
    /// <param name="continuationToken">The previous page's continuation token; null for the first page.</param>
    public async Task<MaintenanceRunPage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var (entities, token, _) = await TablePages.ReadAsync(
            _table, TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), pageSize, continuationToken, cancellationToken);
        return new MaintenanceRunPage(Records.List(entities), token);
    }

    /// <summary>Removes runs requested before an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">The action to take on them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of runs.</returns>
    public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(
            _table,
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {NewestFirstKey.Before(instant).Row}"),
            action,
            cancellationToken);

    private static TableEntity Entity(MaintenanceRun run) =>
        new(Partition, NewestFirstKey.Of(run.Id).Row) { [Run] = EntityValues.Json(run, MaintenanceJson.Default.MaintenanceRun) };

    private static (Guid Id, DateTimeOffset CreatedAt) Describe(TableEntity entity)
    {
        var id = NewestFirstKey.IdOf(entity.RowKey);
        return (id, NewestFirstKey.TimeOf(id));
    }

    private static MaintenanceRun ToRun(TableEntity entity)
    {
        var run = entity.Json(Run, MaintenanceJson.Default.MaintenanceRun) ?? throw new InvalidDataException("It is empty.");
        return run with { ETag = entity.ETag };
    }
}

using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>Runs in Azure Tables: one partition, rows by inverted id, so that the table's order is newest first.</summary>
internal sealed class TableMaintenanceRunStore(StorageAccount account) : IMaintenanceRunStore
{
    private const string Partition = "cleanup";
    private const string Run = "run";

    private static readonly TableRecords<MaintenanceRun> Records = new(ToRun, Describe);

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.MaintenanceTable);

    public Task AddAsync(MaintenanceRun run, CancellationToken cancellationToken) => _table.AddEntityAsync(Entity(run), cancellationToken);

    public async Task<MaintenanceRun?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entity =
            await _table.GetEntityIfExistsAsync<TableEntity>(Partition, NewestFirstKey.Of(id).Row, cancellationToken: cancellationToken);
        return Records.Read(entity);
    }

    public async Task<MaintenanceRun?> TryUpdateAsync(MaintenanceRun run, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(Entity(run), run.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag ? run with { ETag = etag } : null;

    public async Task<MaintenanceRunPage> ListAsync(int pageSize, string? continuationToken, CancellationToken cancellationToken)
    {
        var (entities, token, _) = await TablePages.ReadAsync(
            _table, TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), pageSize, continuationToken, cancellationToken);
        return new MaintenanceRunPage(Records.List(entities), token);
    }

    public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(_table, TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {NewestFirstKey.Before(instant).Row}"), action, cancellationToken);

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

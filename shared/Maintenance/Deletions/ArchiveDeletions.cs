using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Deletions;

/// <summary>Stores the deletions that wait for their archive to be rewritten, in the maintenance table.</summary>
internal sealed class ArchiveDeletions(StorageAccount account, TimeProvider time)
{
    private const string Partition = "deletions";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.MaintenanceTable);

    /// <summary>Adds a deletion; adding it again has no effect.</summary>
    public async Task AddAsync(ArchiveDeletion deletion, CancellationToken cancellationToken) => await _table.UpsertEntityAsync(
        new TableEntity(Partition, DayKeys.RowOf(deletion.Day, deletion.ExportId))
        {
            ["requestedAt"] = EntityValues.Text(time.GetUtcNow()),
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>All pending deletions, oldest days first.</summary>
    public async Task<IReadOnlyList<ArchiveDeletion>> ListAsync(CancellationToken cancellationToken)
    {
        var waiting = new List<ArchiveDeletion>();
        var rows = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["RowKey"], cancellationToken: cancellationToken);
        await foreach (var entity in rows)
        {
            if (DayKeys.Read(entity.RowKey) is var (day, exportId))
                waiting.Add(new ArchiveDeletion(day, exportId));
        }

        return waiting;
    }

    /// <summary>Removes a deletion: no archive contains its file any more.</summary>
    public async Task RemoveAsync(ArchiveDeletion deletion, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(Partition, DayKeys.RowOf(deletion.Day, deletion.ExportId), ETag.All, cancellationToken);
}

using Azure.Data.Tables;
using ExportFunctions.Maintenance.Deletions;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// Remembers which files are kept because they, or their entry in the archive, do not match what was published: each is counted and logged
/// once.
/// </summary>
internal sealed class DamagedFiles(StorageAccount account)
{
    private const string Partition = "damaged";
    private const string Version = "version";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.MaintenanceTable);

    /// <summary>The versions of the damaged files of a day, by export.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> OfDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var damaged = new Dictionary<Guid, string>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(DayKeys.OfDay(Partition, day), cancellationToken: cancellationToken))
        {
            if (DayKeys.Read(entity.RowKey) is var (_, exportId) && entity.TryGetValue(Version, out var version) && version is string text)
                damaged[exportId] = text;
        }

        return damaged;
    }

    /// <summary>Records a file in its current version.</summary>
    public async Task AddAsync(DateOnly day, StoredFile file, CancellationToken cancellationToken) => await _table.UpsertEntityAsync(
        new TableEntity(Partition, DayKeys.RowOf(day, file.JobId)) { [Version] = VersionOf(file) },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Removes the records of days before one, whose exports are gone.</summary>
    public Task<int> RemoveBeforeAsync(DateOnly day, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(_table, DayKeys.Before(Partition, day), SweepAction.Remove, cancellationToken);

    /// <summary>The version, which changes when the file is replaced.</summary>
    public static string VersionOf(StoredFile file) => $"{file.File?.ETag}";
}

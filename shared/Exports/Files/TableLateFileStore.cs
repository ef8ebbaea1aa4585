using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// Notes of late files in Azure Tables, all in one partition: there are only as many as exports deleted or failed within the hour.
/// </summary>
internal sealed class TableLateFileStore(StorageAccount account) : ILateFileStore
{
    private const string Partition = "late";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.LateFilesTable);

    public async Task PutAsync(LateFile file, CancellationToken cancellationToken) =>
        await _table.UpsertEntityAsync(Entity(file), TableUpdateMode.Replace, cancellationToken);

    public async IAsyncEnumerable<LateFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            // Ignore rows of any other form.
            if (Guid.TryParseExact(entity.RowKey, "N", out var id) && entity.GetString("fileName") is { } name)
                yield return new LateFile(
                    id,
                    entity.GetDateTimeOffset("createdAt") ?? default,
                    name,
                    entity.GetDateTimeOffset("since") ?? default,
                    entity.GetInt32("looks") ?? 0,
                    entity.ETag);
        }
    }

    public Task UpdateAsync(LateFile file, CancellationToken cancellationToken) =>
        _table.TryUpdateAsync(Entity(file), file.ETag, TableUpdateMode.Replace, cancellationToken);

    public async Task RemoveAsync(LateFile file, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(Partition, file.JobId.ToString("N"), file.ETag, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // Replaced since.
        }
    }

    private static TableEntity Entity(LateFile file) => new(Partition, file.JobId.ToString("N"))
    {
        ["createdAt"] = file.CreatedAt,
        ["fileName"] = file.FileName,
        ["since"] = file.Since,
        ["looks"] = file.Looks,
    };
}

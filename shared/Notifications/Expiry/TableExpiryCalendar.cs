using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Expiry;

/// <summary>The calendar in Azure Tables: one partition per hour, so that due entries are read without the rest.</summary>
internal sealed class TableExpiryCalendar(StorageAccount account) : IExpiryCalendar
{
    private const string ExportId = "exportId";
    private const string TellAt = "tellAt";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ExpiriesTable);

    public async Task AddAsync(ExpiryEntry entry, CancellationToken cancellationToken) =>
        await _table.UpsertEntityAsync(
            new TableEntity(Hour(entry.TellAt), Row(entry)) { [ExportId] = entry.ExportId, [TellAt] = entry.TellAt },
            TableUpdateMode.Replace,
            cancellationToken);

    public async IAsyncEnumerable<ExpiryEntry> DueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey le {Hour(now)}"), cancellationToken: cancellationToken))
        {
            // Ignore rows of any other form.
            if (entity.TryGetValue(ExportId, out var id) && id is Guid exportId
                && entity.TryGetValue(TellAt, out var at) && at is DateTimeOffset tellAt && tellAt <= now)
                yield return new ExpiryEntry(exportId, tellAt);
        }
    }

    public async Task RemoveAsync(ExpiryEntry entry, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(Hour(entry.TellAt), Row(entry), ETag.All, cancellationToken);

    private static string Hour(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static string Row(ExpiryEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.TellAt.ToUnixTimeMilliseconds():D14}-{entry.ExportId:N}");
}

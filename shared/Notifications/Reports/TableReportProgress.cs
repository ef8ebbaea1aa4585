using System.Globalization;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Notifications.Reports;

/// <summary>The progress in an entity next to the subscriptions.</summary>
internal sealed class TableReportProgress(StorageAccount account) : IReportProgress
{
    private const string Partition = "reports";
    private const string Row = "weekly";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SubscriptionsTable);

    public async Task<ReportProgress> FindAsync(CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        return entity.HasValue ? new ReportProgress(
            Day(entity.Value!, "due"), Day(entity.Value!, "told")) : new ReportProgress(Due: null, Told: null);
    }

    public async Task SaveAsync(ReportProgress progress, CancellationToken cancellationToken) =>
        await _table.UpsertEntityAsync(
            new TableEntity(Partition, Row) { ["due"] = Text(progress.Due), ["told"] = Text(progress.Told) },
            TableUpdateMode.Replace,
            cancellationToken);

    private static string Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static DateOnly? Day(TableEntity entity, string property) =>
        entity.TryGetValue(property, out var value) && value is string text
        && DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}

using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Slices in Azure Tables: a partition for each export. Its plan, which says whose cut counts, is stored last: without it there are no slices.
/// </summary>
internal sealed class TableSliceStore(StorageAccount account) : ISliceStore
{
    private const int MostInTransaction = 100;
    private const string PlanRow = "plan";
    private const string Content = "slice";
    private const string Cut = "cut";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SlicesTable);

    public async Task<IReadOnlyList<Slice>> ListAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var plan = await _table.GetEntityIfExistsAsync<TableEntity>(Partition(jobId), PlanRow, cancellationToken: cancellationToken);
        if (!plan.HasValue)
            return [];

        // Rows of a cut that lost against this one stay out.
        var cut = plan.Value!.GetString(Cut);
        var slices = new List<Slice>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(jobId)} and RowKey ge {cut + "-"} and RowKey lt {cut + "."}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            slices.Add(ToSlice(entity));

        return slices;
    }

    public async Task CreateAsync(IReadOnlyList<Slice> slices, CancellationToken cancellationToken)
    {
        foreach (var chunk in slices.Chunk(MostInTransaction))
            await _table.SubmitTransactionAsync(chunk.Select(slice => new TableTransactionAction(TableTransactionActionType.Add, Entity(slice))), cancellationToken);

        try
        {
            await _table.AddEntityAsync(new TableEntity(Partition(slices[0].JobId), PlanRow) { [Cut] = slices[0].Cut }, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // Another worker's cut is the export's.
        }
    }

    public async Task<Slice?> FindAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition(message.JobId), Row(message.Cut, message.Number), cancellationToken: cancellationToken);
        return entity.HasValue ? ToSlice(entity.Value!) : null;
    }

    public async Task<Slice?> TryUpdateAsync(Slice slice, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(Entity(slice), slice.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag ? slice with { ETag = etag } : null;

    public async Task<bool> TrySplitAsync(Slice slice, Slice rest, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.UpdateReplace, Entity(slice), slice.ETag),
                    new TableTransactionAction(TableTransactionActionType.Add, Entity(rest)),
                ],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    public Task DeleteAsync(Guid jobId, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(_table, TableClient.CreateQueryFilter($"PartitionKey eq {Partition(jobId)}"), SweepAction.Remove, cancellationToken);

    private static string Partition(Guid jobId) => jobId.ToString("N");

    private static string Row(string cut, int number) => string.Create(CultureInfo.InvariantCulture, $"{cut}-{number:D6}");

    private static TableEntity Entity(Slice slice) =>
        new(Partition(slice.JobId), Row(slice.Cut, slice.Number)) { [Content] = EntityValues.Json(slice, ExportsJson.Default.Slice) };

    private static Slice ToSlice(TableEntity entity) =>
        (entity.Json(Content, ExportsJson.Default.Slice) ?? throw new InvalidDataException($"The slice {entity.RowKey} is empty.")) with { ETag = entity.ETag };
}

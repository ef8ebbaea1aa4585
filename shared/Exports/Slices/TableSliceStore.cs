using System.Globalization;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Slices in Azure Tables, one partition per export. The plan, which identifies the partitioning that counts, is stored last: without it
/// there are no slices.
/// </summary>
internal sealed class TableSliceStore(StorageAccount account, TimeProvider time) : ISliceStore
{
    private const int MaxInTransaction = 100;
    private const string PlanRow = "plan";
    private const string Content = "slice";
    private const string Partitioning = "cut";
    private const string Next = "next";
    private const string Bytes = "bytes";

    // A table value holds 64 KiB at most, a transaction 4 MiB as text.
    private const int IndexChunk = 60 * 1024;
    private const int ChunksInTransaction = 32;

    private static readonly TableRecords<Slice> Records = new(
        ToSlice, entity => (Guid.ParseExact(entity.PartitionKey, "N"), entity.Timestamp ?? default));

    private readonly RecordLease _lease = new(time);
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.SlicesTable);

    public async Task<IReadOnlyList<Slice>> ListAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var plan = await _table.GetEntityIfExistsAsync<TableEntity>(Partition(jobId), PlanRow, cancellationToken: cancellationToken);
        if (!plan.HasValue)
            return [];

        // Ignore the rows of a partitioning that lost the race.
        var cut = plan.Value!.GetString(Partitioning);
        var slices = new List<Slice>();
        var filter =
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition(jobId)} and RowKey ge {cut + "-"} and RowKey lt {cut + "."}");
        var pages = _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            using var response = page.GetRawResponse();
            foreach (var entity in page.Values)
                slices.Add(Records.Read(entity) with { LeaseUntil = _lease.Read(entity, response) });
        }

        return slices;
    }

    public async Task CreateAsync(IReadOnlyList<Slice> slices, CancellationToken cancellationToken)
    {
        foreach (var chunk in slices.Chunk(MaxInTransaction))
            await _table.SubmitTransactionAsync(
                chunk.Select(slice => new TableTransactionAction(TableTransactionActionType.Add, Entity(slice))), cancellationToken);

        // If there already is a plan, another worker's partitioning counts.
        await _table.TryAddAsync(
            new TableEntity(Partition(slices[0].JobId), PlanRow) { [Partitioning] = slices[0].Partitioning }, cancellationToken);
    }

    public async Task<Slice?> FindAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition(message.JobId), Row(message.Partitioning, message.Number), cancellationToken: cancellationToken);
        return Records.Read(entity) is { } slice ? slice with { LeaseUntil = _lease.Read(entity.Value!, entity.GetRawResponse()) } : null;
    }

    public async Task<Slice?> TryUpdateAsync(Slice slice, CancellationToken cancellationToken) =>
        await _table.TryUpdateAsync(
            Entity(slice), slice.ETag, TableUpdateMode.Replace, cancellationToken) is { } etag ? slice with { ETag = etag } : null;

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

    public Task WriteIndexAsync(Slice slice, ReadOnlyMemory<byte> index, CancellationToken cancellationToken) =>
        WriteAsync(slice.JobId, IndexRow(slice.Partitioning, slice.Number, slice.Claim), index, cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReadIndexAsync(Slice slice, CancellationToken cancellationToken) =>
        ReadAsync(slice.JobId, IndexRow(slice.Partitioning, slice.Number, slice.Claim), cancellationToken);

    public Task WritePreparationAsync(
        Guid jobId, string partitioning, ReadOnlyMemory<byte> preparation, CancellationToken cancellationToken) =>
        WriteAsync(jobId, PreparationRow(partitioning), preparation, cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReadPreparationAsync(Guid jobId, string partitioning, CancellationToken cancellationToken) =>
        ReadAsync(jobId, PreparationRow(partitioning), cancellationToken);
    public async Task<int> TakeNumbersAsync(Slice slice, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = $"numbers-{slice.Partitioning}";
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(Partition(slice.JobId), row, cancellationToken: cancellationToken);
            if (!found.HasValue)
            {
                await _table.TryAddAsync(new TableEntity(Partition(slice.JobId), row) { [Next] = ISliceNumbers.First }, cancellationToken);
                continue;
            }

            var entity = found.Value!;
            var first = entity.GetInt32(Next) ?? throw new InvalidDataException($"The row {row} has no number.");
            entity[Next] = checked(first + count);
            if (await _table.TryUpdateAsync(entity, entity.ETag, TableUpdateMode.Replace, cancellationToken) is not null)
                return first;
        }
    }

    public async Task<bool> HasRowsAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(jobId)}");
        await foreach (var _ in _table.QueryAsync<TableEntity>(filter, maxPerPage: 1, ["RowKey"], cancellationToken))
            return true;

        return false;
    }

    public Task DeleteAsync(Guid jobId, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(
            _table, TableClient.CreateQueryFilter($"PartitionKey eq {Partition(jobId)}"), SweepAction.Remove, cancellationToken);

    private static string Partition(Guid jobId) => jobId.ToString("N");

    private static string Row(string partitioning, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{partitioning}-{number:D6}");

    private static string IndexRow(string partitioning, int number, int claim) =>
        string.Create(CultureInfo.InvariantCulture, $"index-{partitioning}-{number:D6}-{claim:D6}-");

    // Earlier versions stored it here too, under a slice number that never occurs.
    private static string PreparationRow(string partitioning) => IndexRow(partitioning, number: 99_998, claim: 0);

    private TableEntity Entity(Slice slice)
    {
        var entity = new TableEntity(Partition(slice.JobId), Row(slice.Partitioning, slice.Number))
        {
            [Content] = EntityValues.Json(slice, SlicesJson.Default.Slice),
        };
        _lease.Write(entity, slice.LeaseUntil);
        return entity;
    }

    private static Slice ToSlice(TableEntity entity)
    {
        var slice = entity.Json(Content, SlicesJson.Default.Slice) ?? throw new InvalidDataException("The slice is empty.");
        return slice with { ETag = entity.ETag };
    }

    /// <summary>Writes bytes to as many rows as needed.</summary>
    private async Task WriteAsync(Guid jobId, string row, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var chunks = Enumerable.Range(0, (bytes.Length + IndexChunk - 1) / IndexChunk).Select(chunk => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace,
            new TableEntity(Partition(jobId), string.Create(CultureInfo.InvariantCulture, $"{row}{chunk:D6}"))
            {
                [Bytes] = bytes.Slice(chunk * IndexChunk, Math.Min(IndexChunk, bytes.Length - (chunk * IndexChunk))).ToArray(),
            }));
        foreach (var transaction in chunks.Chunk(ChunksInTransaction))
            await _table.SubmitTransactionAsync(transaction, cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(Guid jobId, string row, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(jobId)} and RowKey ge {row} and RowKey lt {row + ":"}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            bytes.Write(entity.GetBinary(Bytes));

        return bytes.ToArray();
    }
}

using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Snapshots;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Partitions large exports into slices: once, or, when the file must come from one snapshot, again whenever the worker that held the
/// snapshot is gone.
/// </summary>
internal sealed class SlicePartitioning(
    IKeyPartitioner partitioner,
    ISnapshotKeeper snapshots,
    IRowSource source,
    ISliceStore slices,
    IOptions<ExportOptions> options,
    TimeProvider time)
{
    // Leaves room for handed-over slices before their sizes fill up the file's metadata; and of the 50,000 blocks a file may have, each
    // slice still gets a hundred.
    private const int MaxSlices = 500;

    // The points at which a slice can end when its time is up.
    private const int RangesOfSlice = 4;

    private static readonly ExportFailure PartitionedTwice = new(
        "slices_changed", "Another worker partitioned the export at the same time.", FailureKind.Transient);

    /// <summary>
    /// Finds the slices of an export, or the reason it is written in one piece. The caller disposes what is held for them.
    /// </summary>
    public async Task<PartitioningOutcome> PartitionAsync(ExportJob job, ExportRequest request, CancellationToken cancellationToken)
    {
        if (request.Format is not ISlicedFormat format || !format.CanSlice(request.Options))
            return PartitioningOutcome.FormatHasNoSlices;
        if (!KeyOrder.CanBePartitioned(request.Rows))
            return PartitioningOutcome.NotInKeyOrder;

        var earlier = job.Attempt > 1 ? await FindEarlierAsync(job, request, cancellationToken) : EarlierSlices.None;
        if (earlier.CanGoOn && !request.IsSnapshot)
            return PartitioningOutcome.Of(new SlicePlan(earlier.Slices, Snapshot: null));

        // What another definition wrote can't be combined with what is written now, and unreadable slices can't be used at all.
        if (!earlier.IsOfToday)
            await slices.DeleteAsync(job.Id, cancellationToken);

        var partitions = await partitioner.PartitionAsync(request.Rows, SizeFor(format), cancellationToken);
        if (partitions.Boundaries.Count == 0)
            return PartitioningOutcome.TooSmall;

        if (request.IsSnapshot)
            return await HoldAsync(job, request, format, partitions, earlier, cancellationToken);

        var generation = earlier.IsOfToday ? 0 : job.Attempt;
        return PartitioningOutcome.Of(new SlicePlan(
            await CreateAsync(job, request, format, partitions, snapshot: null, generation, cancellationToken), Snapshot: null));
    }

    /// <summary>Partitions an export whose slices all read from one snapshot, which is held until the plan is disposed.</summary>
    private async Task<PartitioningOutcome> HoldAsync(
        ExportJob job,
        ExportRequest request,
        ISlicedFormat format,
        KeyPartitions partitions,
        EarlierSlices earlier,
        CancellationToken cancellationToken)
    {
        if (await snapshots.TryHoldAsync(request.Rows, cancellationToken) is not { } snapshot)
            return PartitioningOutcome.NoSnapshot;

        try
        {
            // What was read from another snapshot can't be used.
            if (earlier.CanGoOn)
                await slices.DeleteAsync(job.Id, cancellationToken);
            return PartitioningOutcome.Of(new SlicePlan(
                await CreateAsync(job, request, format, partitions, snapshot.Id, job.Attempt, cancellationToken), snapshot));
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>An export only slightly larger than the slice size isn't worth two slices.</summary>
    private RangeSize SizeFor(ISlicedFormat format)
    {
        var rows = options.Value.SliceRows;
        return new RangeSize(
            Math.Max(1, Math.Min(rows, format.MaxSliceRows) / RangesOfSlice),
            MaxSlices * RangesOfSlice,
            MaxUnpartitioned: rows + (rows / 4));
    }

    private async Task<EarlierSlices> FindEarlierAsync(ExportJob job, ExportRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var found = await slices.ListAsync(job.Id, cancellationToken);
            return new EarlierSlices(found, found.All(slice => IsOf(slice, request)));
        }
        catch (UnreadableRecordException)
        {
            return new EarlierSlices([], IsOfToday: false);
        }
    }

    private async Task<IReadOnlyList<Slice>> CreateAsync(
        ExportJob job,
        ExportRequest request,
        ISlicedFormat format,
        KeyPartitions partitions,
        string? snapshot,
        int generation,
        CancellationToken cancellationToken)
    {
        var ranges = partitions.ToRanges();
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var parts = ranges.Chunk(RangesOfSlice).Select((part, place) => new Slice
        {
            JobId = job.Id,
            Partitioning = id,
            Generation = generation,
            Snapshot = snapshot,
            CheckedAgainst = request.CheckedAgainst.Key,
            Number = place * Slice.Gap,
            Ranges = part,
            RowsExpected = partitions.RowsEstimated * part.Length / ranges.Count,
        });
        await PrepareAsync(job, request, format, id, partitions.RowsEstimated, ranges[0], cancellationToken);
        await slices.CreateAsync([.. parts], cancellationToken);
        var created = await slices.ListAsync(job.Id, cancellationToken);

        // Slices created by another worker are just as good, unless they use its snapshot or another definition.
        var isOwn = created.Count > 0 && created[0].Partitioning == id;
        return isOwn || (snapshot is null && created.All(slice => IsOf(slice, request)))
            ? created
            : throw new ExportFailureException(PartitionedTwice);
    }

    private static bool IsOf(Slice slice, ExportRequest request) =>
        slice.CheckedAgainst is null || slice.CheckedAgainst == request.CheckedAgainst.Key;

    /// <summary>Stores what all slices must agree on, which is derived from the first rows.</summary>
    private async Task PrepareAsync(
        ExportJob job,
        ExportRequest request,
        ISlicedFormat format,
        string partitioning,
        long rows,
        KeyRange first,
        CancellationToken cancellationToken)
    {
        var batch = new RowBatch([.. request.Rows.Columns.Select(column => column.Type)]);
        var query = request.Rows with { Range = first, Limit = RowBatch.DefaultCapacity, IsCounted = false };
        await using (var reader = await source.OpenAsync(query, cancellationToken))
            await reader.ReadAsync(batch, cancellationToken);

        var preparation = format.Prepare(JobRequestReader.LayoutOf(job, request, rows), batch.Count == 0 ? null : batch);
        if (!preparation.IsEmpty)
            await slices.WritePreparationAsync(job.Id, partitioning, preparation, cancellationToken);
    }

    /// <summary>What an earlier attempt left.</summary>
    /// <param name="Slices">Its slices; empty when there were none, or they can't be read.</param>
    /// <param name="IsOfToday">Whether they match the current definition of the dataset.</param>
    private sealed record EarlierSlices(IReadOnlyList<Slice> Slices, bool IsOfToday)
    {
        public static EarlierSlices None { get; } = new([], IsOfToday: true);

        /// <summary>Whether there are slices that this attempt can continue with.</summary>
        public bool CanGoOn => Slices.Count > 0 && IsOfToday;
    }
}

using ExportFunctions.Datasets.Cutting;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Snapshots;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>Cuts large exports into slices, once; those that are to show one moment again whenever the worker that held the moment is gone.</summary>
internal sealed class SliceCutting(IKeyCutter cutter, ISnapshotKeeper snapshots, IRowSource source, ISliceStore slices, IOptions<ExportOptions> options, TimeProvider time)
{
    // Some more may be handed over before the file's metadata is full of their sizes; and of the 50,000 blocks that a file may have each still has a hundred.
    private const int MostSlices = 500;

    // Where a slice whose time is over can end.
    private const int RangesOfSlice = 4;

    private static readonly ExportFailure CutTwice = new("slices_changed", "Another worker cut the export at the same time.", FailureKind.Transient);

    /// <summary>The export's slices; null when it is written in one piece. The caller disposes what is held for them.</summary>
    public async Task<FileCut?> CutAsync(ExportJob job, ExportRequest request, CancellationToken cancellationToken)
    {
        if (request.Format is not ISlicedFormat format || !format.CanSlice(request.Options) || !KeyOrder.CanBeCut(request.Rows))
            return null;

        var before = job.Attempt > 1 ? await FindBeforeAsync(job, cancellationToken) : [];
        var isOfToday = before is not null && before.All(slice => IsOf(slice, request));
        before ??= [];
        if (before.Count > 0 && !request.IsSnapshot && isOfToday)
            return new FileCut(before, Snapshot: null);

        // What was written by another definition does not go with what is written now, and what can't be read goes with nothing.
        if (!isOfToday)
            await slices.DeleteAsync(job.Id, cancellationToken);

        // A little above the size is not worth two slices.
        var rows = options.Value.SliceRows;
        var size = new RangeSize(Math.Max(1, Math.Min(rows, format.MostSliceRows) / RangesOfSlice), MostSlices * RangesOfSlice, CutAbove: rows + (rows / 4));
        var cuts = await cutter.CutAsync(request.Rows, size, cancellationToken);
        if (cuts.Boundaries.Count == 0 || !request.IsSnapshot)
            return cuts.Boundaries.Count == 0 ? null : new FileCut(await CreateAsync(
                job, request, format, cuts, snapshot: null, generation: isOfToday ? 0 : job.Attempt, cancellationToken), Snapshot: null);

        if (await snapshots.TryHoldAsync(request.Rows, cancellationToken) is not { } snapshot)
            return null;

        try
        {
            // What was read of another moment is of no use.
            if (before.Count > 0 && isOfToday)
                await slices.DeleteAsync(job.Id, cancellationToken);
            return new FileCut(await CreateAsync(job, request, format, cuts, snapshot.Id, generation: job.Attempt, cancellationToken), snapshot);
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>The slices of an earlier attempt; null when they can't be read.</summary>
    private async Task<IReadOnlyList<Slice>?> FindBeforeAsync(ExportJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await slices.ListAsync(job.Id, cancellationToken);
        }
        catch (UnreadableRecordException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<Slice>> CreateAsync(
        ExportJob job, ExportRequest request, ISlicedFormat format, KeyCuts cuts, string? snapshot, int generation, CancellationToken cancellationToken)
    {
        var ranges = cuts.ToRanges();
        var name = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var parts = ranges.Chunk(RangesOfSlice).Select((part, place) => new Slice
        {
            JobId = job.Id,
            Cut = name,
            Generation = generation,
            Snapshot = snapshot,
            CheckedAgainst = request.CheckedAgainst.Key,
            Number = place * Slice.Gap,
            Ranges = part,
            RowsExpected = cuts.RowsEstimated * part.Length / ranges.Count,
        });
        await PlanAsync(job, request, format, Slice.PlanOf(job.Id, name), cuts.RowsEstimated, ranges, cancellationToken);
        await slices.CreateAsync([.. parts], cancellationToken);
        var created = await slices.ListAsync(job.Id, cancellationToken);

        // Slices of another worker's cut are as good, unless they are of its moment, or of another definition.
        var isGood = created.Count > 0 && created[0].Cut == name ? true : snapshot is null && created.All(slice => IsOf(slice, request));
        return isGood ? created : throw new ExportFailureException(CutTwice);
    }

    private static bool IsOf(Slice slice, ExportRequest request) =>
        slice.CheckedAgainst is null || slice.CheckedAgainst == request.CheckedAgainst.Key;

    /// <summary>Keeps what all slices must agree on, which the first rows show.</summary>
    private async Task PlanAsync(ExportJob job, ExportRequest request, ISlicedFormat format, Slice plan, long rows, IReadOnlyList<KeyRange> ranges, CancellationToken cancellationToken)
    {
        var batch = new RowBatch([.. request.Rows.Columns.Select(column => column.Type)]);
        await using (var first = await source.OpenAsync(request.Rows with { Range = ranges[0], Limit = RowBatch.DefaultCapacity, IsCounted = false }, cancellationToken))
            await first.ReadAsync(batch, cancellationToken);

        var prepared = format.Prepare(RequestsAgain.LayoutOf(job, request, rows), batch.Count == 0 ? null : batch);
        if (!prepared.IsEmpty)
            await slices.WriteIndexAsync(plan, prepared, cancellationToken);
    }
}

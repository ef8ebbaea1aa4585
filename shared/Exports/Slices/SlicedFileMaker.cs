using ExportFunctions.Datasets.Cutting;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Slices;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Makes a large file of slices. The worker that holds the export cuts it once, sends some slices at a time to whoever is free, writes slices itself
/// meanwhile, and joins the blocks when the last slice is done. When it dies another worker takes the export up, and what is written stays written.
/// </summary>
internal sealed class SlicedFileMaker(
    IKeyCutter cutter, IRowSource source, ISliceStore slices, ISliceQueue queue, SliceProcessor processor, ISliceFiles files, IOptions<ExportOptions> options, TimeProvider time)
{
    // Their sizes stand in the file's metadata, which holds 8 KB; and of the 50,000 blocks that a file may have each still has a hundred.
    private const int MostSlices = 500;

    // Where a slice whose time is over can end.
    private const int RangesOfSlice = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The export's slices; none when it is written in one piece.</summary>
    public async Task<IReadOnlyList<Slice>> CutAsync(ExportJob job, ExportRequest request, CancellationToken cancellationToken)
    {
        if (request.Format is not ISlicedFormat format || !format.CanSlice(request.Options) || !KeyOrder.CanBeCut(request.Rows))
            return [];
        if (job.Attempt > 1 && await slices.ListAsync(job.Id, cancellationToken) is { Count: > 0 } cut)
            return cut;

        // A little above the size is not worth two slices.
        var rows = options.Value.SliceRows;
        var size = new RangeSize(Math.Max(1, Math.Min(rows, format.MostSliceRows) / RangesOfSlice), MostSlices * RangesOfSlice, CutAbove: rows + (rows / 4));
        var cuts = await cutter.CutAsync(request.Rows, size, cancellationToken);
        if (cuts.Boundaries.Count == 0)
            return [];

        var ranges = cuts.ToRanges();

        var name = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var parts = ranges.Chunk(RangesOfSlice).Select((part, place) => new Slice
        {
            JobId = job.Id,
            Cut = name,
            Number = place * Slice.Gap,
            Ranges = part,
            RowsExpected = cuts.RowsEstimated * part.Length / ranges.Count,
        });
        await PlanAsync(job, request, format, Slice.PlanOf(job.Id, name), cuts.RowsEstimated, ranges, cancellationToken);
        await slices.CreateAsync([.. parts], cancellationToken);
        return await slices.ListAsync(job.Id, cancellationToken);
    }

    /// <summary>Makes the file; unpublished.</summary>
    /// <exception cref="ExportFailureException">A slice can't be written.</exception>
    public async Task<(IExportUpload Upload, PublishedFile File)> MakeAsync(
        ExportJob job, ExportRequest request, IReadOnlyList<Slice> cut, JobLease lease, CancellationToken cancellationToken)
    {
        lease.Expect(cut.Sum(slice => slice.RowsExpected));
        await ForgiveAsync(cut, cancellationToken);
        var begun = time.GetTimestamp();
        var own = Task.CompletedTask;
        try
        {
            while (true)
            {
                var now = await slices.ListAsync(job.Id, cancellationToken);
                lease.Report(now.Sum(slice => slice.Rows));
                if (now.FirstOrDefault(IsGivenUp) is { } given)
                    throw new ExportFailureException(given.Error ?? ExportFailures.StorageUnavailable);
                if (now.All(slice => slice.State == SliceState.Done))
                    return await JoinAsync(job, request, now, cancellationToken);

                // What is written stays written: the worker that takes the export up again goes on from there.
                var isOver = time.GetElapsedTime(begun) > options.Value.RunTime;
                if (isOver && own.IsCompleted)
                    throw new HandOverException();

                // First what nobody was sent, from the front; then what whoever was sent it has not begun yet.
                var next = now.Where(slice => slice.IsFree(time.GetUtcNow())).OrderBy(slice => slice.SentAt is not null).FirstOrDefault();
                await SendAsync(now, except: next, cancellationToken);
                if (own.IsCompleted && next is not null && !isOver)
                    own = processor.ProcessAsync(SliceMessage.Of(next), cancellationToken);
                else if (own.IsCompleted)
                    await Task.Delay(Pause, time, cancellationToken);

                await Task.WhenAny(own, Task.Delay(Pause, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                if (own.IsCompleted)
                    await own;
            }
        }
        finally
        {
            await own.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

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

    private bool IsGivenUp(Slice slice) => slice.State == SliceState.Failed || (slice.State == SliceState.Waiting && slice.FailedAttempts >= options.Value.MaxAttempts);

    /// <summary>An export that is tried again gives slices that were given up after faults that may pass as many tries as before.</summary>
    private async Task ForgiveAsync(IReadOnlyList<Slice> cut, CancellationToken cancellationToken)
    {
        foreach (var slice in cut.Where(slice => slice.State == SliceState.Waiting && slice.FailedAttempts > 0))
            await slices.TryUpdateAsync(slice with { FailedAttempts = 0, RetryAt = null }, cancellationToken);
    }

    /// <summary>Sends slices until there are enough underway. The others wait here, so that one large export does not fill the queue.</summary>
    private async Task SendAsync(IReadOnlyList<Slice> now, Slice? except, CancellationToken cancellationToken)
    {
        var instant = time.GetUtcNow();
        var underway = now.Count(slice => (slice.State == SliceState.Running && !slice.IsFree(instant)) || IsSent(slice, instant));
        foreach (var slice in now.Where(slice => slice != except && slice.IsFree(instant) && !IsSent(slice, instant)))
        {
            if (underway >= options.Value.SlicesInFlight)
                return;

            // Noted first: a message too few is sent again when it has been waited for too long, and a message too many does no harm.
            if (await slices.TryUpdateAsync(slice with { SentAt = instant }, cancellationToken) is null)
                continue;

            await queue.SendAsync(SliceMessage.Of(slice), cancellationToken);
            underway++;
        }
    }

    private bool IsSent(Slice slice, DateTimeOffset now) => slice.State == SliceState.Waiting && slice.SentAt > now - options.Value.LostMessageAfter;

    private async Task<(IExportUpload Upload, PublishedFile File)> JoinAsync(ExportJob job, ExportRequest request, IReadOnlyList<Slice> done, CancellationToken cancellationToken)
    {
        var contents = done.Select(slice => slice.Content!).ToList();
        if (await WriteEndAsync(job, request, done, cancellationToken) is { } end)
            contents.Add(end);

        var contentType = request.Format.ContentTypeOf(request.Options);
        var digest = FileDigest.Join(contents.Select(content => content.Sha256));
        var warnings = contents.SelectMany(content => content.Warnings).GroupBy(warning => (warning.Code, warning.Message))
            .Select(same => new FormatWarning(same.Key.Code, same.Sum(warning => warning.Count), same.Key.Message));
        var file = new PublishedFile(contents.Sum(content => content.Rows), contents.Sum(content => content.Bytes), digest, contentType, ExportManifest.HashOf(request.Rows.Columns), [.. warnings])
        {
            SliceBytes = [.. contents.Select(content => content.Bytes)],
        };
        return (files.Join(job, contentType, contents), file);
    }

    /// <summary>Writes what stands behind the last slice; null when nothing does.</summary>
    private async Task<SliceContent?> WriteEndAsync(ExportJob job, ExportRequest request, IReadOnlyList<Slice> done, CancellationToken cancellationToken)
    {
        var (written, offset) = (new List<WrittenSlice>(), 0L);
        foreach (var slice in done)
        {
            written.Add(new WrittenSlice(slice.Number, offset, slice.Content!.Bytes, async token => await slices.ReadIndexAsync(slice, token)));
            offset += slice.Content.Bytes;
        }

        var end = Slice.EndOf(job, done[0].Cut);
        var layout = RequestsAgain.LayoutOf(job, request, done.Sum(slice => slice.Content!.Rows));
        var plan = await slices.ReadIndexAsync(Slice.PlanOf(job.Id, end.Cut), cancellationToken);
        await using var upload = files.OpenSlice(job, end);
        await ((ISlicedFormat)request.Format).WriteEndAsync(upload.Output, layout, plan, written, cancellationToken);
        var (blocks, bytes, sha256) = await upload.FinishAsync(cancellationToken);
        return bytes == 0 ? null : new SliceContent(end.Number, end.Claim, blocks, Rows: 0, bytes, sha256, []);
    }
}

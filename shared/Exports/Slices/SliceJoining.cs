using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Joins the slices of an export into one file once all are written: their blocks in order, then whatever follows the last slice.
/// </summary>
internal sealed class SliceJoining(ISliceStore slices, ISliceFiles files)
{
    /// <summary>Joins the slices; the file is unpublished.</summary>
    public async Task<FileMaking> JoinAsync(
        ExportJob job, ExportRequest request, IReadOnlyList<Slice> done, CancellationToken cancellationToken)
    {
        var contents = done.Select(slice => slice.Content!).ToList();
        if (await WriteEndAsync(job, request, done, cancellationToken) is { } end)
            contents.Add(end);

        var contentType = request.Format.ContentTypeOf(request.Options);
        var digest = FileDigest.Join(contents.Select(content => content.Sha256));
        var warnings = ExportWarnings.Merge(contents.SelectMany(content => content.Warnings));
        var file = new PublishedFile(
            contents.Sum(content => content.Rows),
            contents.Sum(content => content.Bytes),
            digest,
            contentType,
            ExportManifest.HashOf(request.Rows.Columns),
            warnings)
        {
            SliceBytes = [.. contents.Select(content => content.Bytes)],
        };
        return new FileMaking.Completed(new SlicedUpload(files.Join(job, contentType, contents), slices, job.Id), file);
    }

    /// <summary>Writes what follows the last slice; null when nothing does.</summary>
    private async Task<SliceContent?> WriteEndAsync(
        ExportJob job, ExportRequest request, IReadOnlyList<Slice> done, CancellationToken cancellationToken)
    {
        var (written, offset) = (new List<WrittenSlice>(), 0L);
        foreach (var slice in done)
        {
            written.Add(
                new WrittenSlice(slice.Number, offset, slice.Content!.Bytes, async token => await slices.ReadIndexAsync(slice, token)));
            offset += slice.Content.Bytes;
        }

        var end = BlockGroup.EndOf(done[0].Generation, job.Attempt);
        var layout = JobRequestReader.LayoutOf(job, request, done.Sum(slice => slice.Content!.Rows));
        var preparation = await slices.ReadPreparationAsync(job.Id, done[0].Partitioning, cancellationToken);
        await using var upload = files.OpenSlice(job, end);
        await ((ISlicedFormat)request.Format).WriteEndAsync(upload.Output, layout, preparation, written, cancellationToken);
        var (blocks, bytes, sha256) = await upload.FinishAsync(cancellationToken);
        return bytes == 0 ? null : new SliceContent(end.Generation, end.Number, end.Claim, blocks, Rows: 0, bytes, sha256, []);
    }
}

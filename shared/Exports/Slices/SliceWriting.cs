using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Formats;

namespace ExportFunctions.Exports.Slices;

/// <summary>Writes a slice's rows and stages its blocks. Each slice is read from one view of the database, of the moment it is begun.</summary>
internal sealed class SliceWriting(RequestsAgain requests, IRowSource source, ISliceFiles files, TimeProvider time)
{
    // Nobody knows how many rows the whole file has before its last slice is written.
    private const long Unknown = -1;

    /// <summary>Writes it.</summary>
    /// <exception cref="ExportFailureException">It can't be written.</exception>
    public async Task<SliceContent> WriteAsync(ExportJob job, Slice slice, SliceLease lease, CancellationToken cancellationToken)
    {
        var request = requests.Of(job);
        var format = request.Format as ISlicedFormat ?? throw new InvalidOperationException($"A file of the format {request.Format.Name} has no slices.");
        await using var rows = await source.OpenAsync(request.Rows with { Range = slice.Range, IsCounted = false }, cancellationToken);
        await using var upload = files.OpenSlice(job, slice);
        await using var writer = format.CreateSliceWriter(upload.Output, RequestsAgain.LayoutOf(job, request, Unknown), slice.Number == 0);

        var written = await RowPump.RunAsync(rows, writer, request.Rows.Columns, new AttemptTimes(time), lease.Report, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
        var (blocks, bytes, sha256) = await upload.FinishAsync(cancellationToken);
        return new SliceContent(slice.Claim, blocks, written, bytes, sha256, writer.Warnings);
    }
}

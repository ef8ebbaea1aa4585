using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Writes a slice's rows and stages its blocks. Each range is read from one view of the database, as of when the range was begun. When the
/// time is up, the slice ends with its current range, or in the middle of a long one, and hands over the rest.
/// </summary>
internal sealed class SliceWriting(
    JobRequestReader requests, IRowSource source, ISliceStore slices, ISliceFiles files, IOptions<ExportOptions> options, TimeProvider time)
{
    // How far beyond the run's time a range may go on to finish, as a share of it.
    private const double Grace = 1.0 / 3;

    /// <summary>Writes the slice; returns its content and the rest, which there usually is none of.</summary>
    /// <param name="job">The export.</param>
    /// <param name="slice">The slice, claimed.</param>
    /// <param name="lease">Receives the row count.</param>
    /// <param name="begun">When the function that writes it began; its time counts, not the slice's.</param>
    /// <exception cref="ExportFailureException">It can't be written.</exception>
    public async Task<(SliceContent Content, Slice? Left)> WriteAsync(
        ExportJob job, Slice slice, SliceLease lease, long begun, CancellationToken cancellationToken)
    {
        var request = await requests.OfAsync(job, cancellationToken);
        var format = request.Format as ISlicedFormat ?? throw new InvalidOperationException(
            $"A file of the format {request.Format.Name} has no slices.");
        await using var upload = files.OpenSlice(job, slice.Blocks);
        var preparation = await slices.ReadPreparationAsync(job.Id, slice.Partitioning, cancellationToken);
        await using var writer = format.CreateSliceWriter(
            upload.Output,
            JobRequestReader.LayoutOf(job, request, FileLayout.UnknownRows),
            new FileSlice(slice.Number, preparation, new SliceNumbers(slices, slice)));

        var flaws = new RowFlawTally(request.Rows.Columns);
        var (times, written, rest) = (new AttemptTimes(time), 0L, default(Slice));
        for (var range = 0; range < slice.Ranges.Count && rest is null; range++)
        {
            var before = written;
            await using var rows = await source.OpenAsync(
                request.Rows with { Range = slice.Ranges[range], Snapshot = slice.Snapshot, IsCounted = false, IsKeyRead = true },
                cancellationToken);
            var (count, stoppedAfter) = await RowPump.RunAsync(
                rows, writer, flaws, request.Rows.Columns, times, count =>
                    lease.Report(before + count), isOver: () => slice.HasPlaceBehind && IsLate(begun), cancellationToken);
            written += count;
            rest = time.GetElapsedTime(begun) > options.Value.RunTime ? slice.RestAfter(range, stoppedAfter, written) : null;
        }

        await writer.CompleteAsync(cancellationToken);
        var (blocks, bytes, sha256) = await upload.FinishAsync(cancellationToken);
        if (!writer.Index.IsEmpty)
            await slices.WriteIndexAsync(slice, writer.Index, cancellationToken);
        return (new SliceContent(
            slice.Generation,
            slice.Number,
            slice.Claim,
            blocks,
            written,
            bytes,
            sha256,
            ExportWarnings.Merge([.. flaws.ToWarnings(), .. writer.Warnings])), rest);
    }

    /// <summary>Whether a function has run for so long that it must stop wherever it is.</summary>
    /// <param name="begun">When it began.</param>
    public bool IsLate(long begun) => time.GetElapsedTime(begun) > options.Value.RunTime * (1 + Grace);
}

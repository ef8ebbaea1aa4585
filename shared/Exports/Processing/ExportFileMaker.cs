using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Processing;

/// <summary>Makes a job's file: rows are read ahead while the rows before are written and the blocks before are uploaded. Publishes nothing.</summary>
internal sealed class ExportFileMaker(RequestsAgain requests, IRowSource source, IExportFileStore files, SliceCutting cutting, SlicedFileMaker sliced)
{
    /// <summary>Writes and uploads the file.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="lease">Takes the progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The upload, complete and unpublished, and its file. The caller disposes the upload.</returns>
    /// <exception cref="ExportFailureException">It can't be made.</exception>
    public async Task<(IExportUpload Upload, PublishedFile File)> MakeAsync(ExportJob job, JobLease lease, CancellationToken cancellationToken)
    {
        var request = await requests.OfAsync(job, cancellationToken);
        var begun = lease.Times.Begin();
        await using var cut = await cutting.CutAsync(job, request, cancellationToken);
        if (cut is not null)
            return await sliced.MakeAsync(job, request, cut, lease, begun, cancellationToken);

        var opening = lease.Times.Begin();
        await using var rows = await source.OpenAsync(request.Rows, cancellationToken);
        lease.Times.Source(opening);
        lease.Expect(rows.RowsExpected);

        var upload = files.OpenUpload(job, request.Format.ContentTypeOf(request.Options));
        try
        {
            await using var writer = request.Format.CreateWriter(upload.Output, RequestsAgain.LayoutOf(job, request, rows.RowsExpected));
            var flaws = new RowFlawTally(request.Rows.Columns);
            var (written, _) = await RowPump.RunAsync(rows, writer, flaws, request.Rows.Columns, lease.Times, lease.Report, isOver: () => false, cancellationToken);
            if (written != rows.RowsExpected)
                throw ExportFailureException.Permanent("rows_mismatch", $"The source counted {rows.RowsExpected} rows but delivered {written}. The file was not published.");

            begun = lease.Times.Begin();
            await writer.CompleteAsync(cancellationToken);
            var file = await upload.FinishAsync(new FileContent(written, ExportManifest.HashOf(request.Rows.Columns), ExportWarnings.Merge([.. flaws.ToWarnings(), .. writer.Warnings])), cancellationToken);
            lease.Times.Writer(begun);
            return (upload, file);
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }
}

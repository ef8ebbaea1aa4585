using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Makes a job's file: reads rows ahead while earlier rows are written and earlier blocks are uploaded. Publishes nothing.
/// </summary>
internal sealed partial class ExportFileMaker(
    JobRequestReader requests,
    IRowSource source,
    IExportFileStore files,
    SlicePartitioning partitioning,
    SlicedFileMaker sliced,
    ILogger<ExportFileMaker> logger)
{
    /// <summary>Writes and uploads the file.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="lease">Receives the progress.</param>
    /// <returns>The file, complete and unpublished, or the note that another attempt continues it.</returns>
    /// <exception cref="ExportFailureException">The file can't be made.</exception>
    public async Task<FileMaking> MakeAsync(ExportJob job, JobLease lease, CancellationToken cancellationToken)
    {
        var request = await requests.OfAsync(job, cancellationToken);
        var begun = lease.Times.Begin();
        var outcome = await partitioning.PartitionAsync(job, request, cancellationToken);
        await using var plan = outcome.Plan;
        if (plan is not null)
            return await sliced.MakeAsync(job, request, plan, lease, begun, cancellationToken);

        Log.InOnePiece(logger, job.Id, outcome.Reason);

        var opening = lease.Times.Begin();
        await using var rows = await source.OpenAsync(request.Rows, cancellationToken);
        lease.Times.Source(opening);
        lease.Expect(rows.RowsExpected);

        var upload = files.OpenUpload(job, request.Format.ContentTypeOf(request.Options));
        try
        {
            await using var writer = request.Format.CreateWriter(upload.Output, JobRequestReader.LayoutOf(job, request, rows.RowsExpected));
            var flaws = new RowFlawTally(request.Rows.Columns);
            var (written, _) = await RowPump.RunAsync(
                rows, writer, flaws, request.Rows.Columns, lease.Times, lease.Report, isOver: () => false, cancellationToken);
            if (written != rows.RowsExpected)
                throw ExportFailureException.Permanent(
                    "rows_mismatch",
                    $"The source counted {rows.RowsExpected} rows but delivered {written}. The file was not published.");

            begun = lease.Times.Begin();
            await writer.CompleteAsync(cancellationToken);
            var warnings = ExportWarnings.Merge([.. flaws.ToWarnings(), .. writer.Warnings]);
            var content = new FileContent(written, ExportManifest.HashOf(request.Rows.Columns), warnings);
            var file = await upload.FinishAsync(content, cancellationToken);
            lease.Times.Writer(begun);
            return new FileMaking.Completed(upload, file);
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Export {ExportId} is written in one piece: {Reason}.")]
        public static partial void InOnePiece(ILogger logger, Guid exportId, string? reason);
    }
}

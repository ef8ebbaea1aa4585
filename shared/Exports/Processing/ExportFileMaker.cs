using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Processing;

/// <summary>Makes a job's file: rows are read ahead while the rows before are written and the blocks before are uploaded. Publishes nothing.</summary>
internal sealed class ExportFileMaker(ExportRequestReader requests, IRowSource source, IExportFileStore files)
{
    /// <summary>Writes and uploads the file.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="lease">Takes the progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The upload, complete and unpublished, and its file. The caller disposes the upload.</returns>
    /// <exception cref="ExportFailureException">It can't be made.</exception>
    public async Task<(IExportUpload Upload, PublishedFile File)> MakeAsync(ExportJob job, JobLease lease, CancellationToken cancellationToken)
    {
        var request = ReadAgain(job);
        var begun = lease.Times.Begin();
        await using var rows = await source.OpenAsync(request.Rows, cancellationToken);
        lease.Times.Source(begun);
        lease.Expect(rows.RowsExpected);

        var upload = files.OpenUpload(job, request.Format.ContentTypeOf(request.Options));
        try
        {
            await using var writer = request.Format.CreateWriter(upload.Output, LayoutOf(job, request, rows.RowsExpected));
            var written = await PumpAsync(rows, writer, request.Rows.Columns, lease, cancellationToken);
            if (written != rows.RowsExpected)
                throw ExportFailureException.Permanent("rows_mismatch", $"The source counted {rows.RowsExpected} rows but delivered {written}. The file was not published.");

            begun = lease.Times.Begin();
            await writer.CompleteAsync(cancellationToken);
            var file = await upload.FinishAsync(new FileContent(written, ExportManifest.HashOf(request.Rows.Columns), writer.Warnings), cancellationToken);
            lease.Times.Writer(begun);
            return (upload, file);
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    private static async Task<long> PumpAsync(IRowReader rows, IRowWriter writer, IReadOnlyList<DatasetColumn> columns, JobLease lease, CancellationToken cancellationToken)
    {
        await using var ahead = new ReadAheadRows(rows, [.. columns.Select(column => column.Type)]);
        var written = 0L;
        var at = lease.Times.Begin();
        while (true)
        {
            var batch = await ahead.NextAsync(cancellationToken);
            at = lease.Times.Source(at);
            if (batch is null)
                return written;

            await writer.WriteAsync(batch, cancellationToken);
            written += batch.Count;
            lease.Report(written);
            ahead.Return(batch);
            at = lease.Times.Writer(at);
        }
    }

    private static FileLayout LayoutOf(ExportJob job, ExportRequest request, long rowsExpected) => new()
    {
        Title = request.Rows.Dataset.Title,
        Columns = request.Rows.Columns,
        RowsExpected = rowsExpected,
        CreatedAt = job.CreatedAt,
        TimeZone = request.Options.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Utc,
        FilterInWords = request.Rows.Filter is { } filter ? FilterWords.Describe(filter) : null,
        Options = request.Options,
    };

    /// <summary>The stored request, judged by today's dataset definitions: a column that is gone fails the job with its name.</summary>
    private ExportRequest ReadAgain(ExportJob job)
    {
        var errors = new FieldErrors();
        using var body = JsonDocument.Parse(job.RequestJson, ExportRequestReader.JsonOptions);
        if (requests.Read(body.RootElement, formatParameter: null, RequestNames.Standard, errors) is { } request)
            return request;

        var first = errors.ByField.First();
        throw ExportFailureException.Permanent(
            "request_outdated",
            $"The dataset has changed since the export was asked for. {first.Key}: {first.Value[0]}");
    }
}

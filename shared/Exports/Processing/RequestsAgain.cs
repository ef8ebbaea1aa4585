using System.Text.Json;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Processing;

/// <summary>Reads stored requests when their exports run, judged by today's dataset definitions: a column that is gone fails the job with its name.</summary>
internal sealed class RequestsAgain(ExportRequestReader requests)
{
    /// <summary>The request of a job.</summary>
    /// <exception cref="ExportFailureException">It can't be run any more.</exception>
    public ExportRequest Of(ExportJob job)
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

    /// <summary>What the file of a request looks like.</summary>
    public static FileLayout LayoutOf(ExportJob job, ExportRequest request, long rowsExpected) => new()
    {
        Title = request.Rows.Dataset.Title,
        Columns = request.Rows.Columns,
        RowsExpected = rowsExpected,
        CreatedAt = job.CreatedAt,
        TimeZone = request.Options.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Utc,
        FilterInWords = request.Rows.Filter is { } filter ? FilterWords.Describe(filter) : null,
        Options = request.Options,
    };
}

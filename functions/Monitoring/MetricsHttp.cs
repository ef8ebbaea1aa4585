using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Reading;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Shows the records of attempts, in pages or all of them as a stream.</summary>
public sealed class MetricsHttp(RecordReader records, NameFilters filters, HttpAnswers answers)
{
    private const string Lines = "application/x-ndjson";

    [Function("ListMetrics")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Metrics)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.MetricList, errors => ShowAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("ListImportExportMetrics")]
    public Task<IResult> ListImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.ImportExportMetrics)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.ImportExportMetricList, errors => ShowAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var query = MetricsQuery.Read(request.Query, names, filters, errors);
        var (size, place) = (PageQuery.ReadSize(request.Query, errors), MetricsQuery.ReadPlace(request.Query, errors));
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        request.HttpContext.Response.Headers.Vary = "Accept";
        if (WantsLines(request) && HttpMethods.IsHead(request.Method))
            return new HeadersResult(Lines);
        if (WantsLines(request))
            return new RecordLinesResult(await records.SelectAsync(query, cancellationToken), names, Lines);

        var page = await records.ListAsync(query, size, place, cancellationToken);
        var response = new RecordListResponse<AttemptRecord>(
            page.Records, MetricsQuery.TokenOf(page.Next), UnreadableResponse.Of(page.Records));
        return TypedResults.Json(response, EarlierMonitoringJson.Names.For(names, MonitoringApiJson.Default.MetricList));
    }

    private static bool WantsLines(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(
            accepted => accepted.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);

    /// <summary>Streams every record as it is read.</summary>
    private sealed class RecordLinesResult(RecordSelection records, RequestNames names, string contentType) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = contentType;
            var type = EarlierMonitoringJson.Names.For(names, MonitoringApiJson.Default.AttemptRecord);
            await records.WriteAsync(
                httpContext.Response.BodyWriter, type == MonitoringApiJson.Default.AttemptRecord ? null : type, httpContext.RequestAborted);
        }
    }
}

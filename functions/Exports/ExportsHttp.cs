using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Exports;

/// <summary>Shows exports.</summary>
public sealed class ExportsHttp(
    IExportJobStore jobs, ExportEvents events, NameFilters filters, IOptions<HttpOptions> options, HttpAnswers answers)
{
    [Function("GetExport")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.Exports + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, id, cancellationToken));

    [Function("GetImportExport")]
    public Task<IResult> GetImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.ImportExport + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, id, cancellationToken));

    [Function("ListExports")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.Exports)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.ExportList, errors => ListPageAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("ListImportExports")]
    public Task<IResult> ListImportExportsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.ImportExport)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.ImportExportList, errors => ListPageAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    [Function("GetExportEvents")]
    public Task<IResult> EventsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.Exports + "/{id}/events")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => FollowAsync(request, id, cancellationToken));

    [Function("GetImportExportEvents")]
    public Task<IResult> ImportExportEventsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.ImportExport + "/{id}/events")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => FollowAsync(request, id, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } job)
            return ProblemCatalog.ExportNotFound().ToResult();

        return RecordAnswers.Show(request, job.ETag, ExportResponse.WithRequest(job), ExportsApiJson.Default.ExportResponse);
    }

    private async Task<IResult> FollowAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } job)
            return ProblemCatalog.ExportNotFound().ToResult();

        if (HttpMethods.IsHead(request.Method))
            return new HeadersResult("text/event-stream");

        if (events.TryOpen(job.Id) is not { } stream)
        {
            request.HttpContext.Response.Headers.RetryAfter = "10";
            return ProblemCatalog.TooManyEventStreams(options.Value.MaxEventStreams).ToResult();
        }

        request.HttpContext.Response.RegisterForDispose(stream);
        return TypedResults.ServerSentEvents(stream.FollowAsync(job, cancellationToken));
    }

    private async Task<IResult> ListPageAsync(
        HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var query = ExportListQuery.Read(request.Query, names, filters, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var page = await jobs.ListAsync(query, cancellationToken);
        var response = RecordListResponse<ExportResponse>.Of(page.Jobs, ExportResponse.Of, page.ContinuationToken);
        return TypedResults.Json(response, EarlierExportsJson.Names.For(names, ExportsApiJson.Default.ExportList));
    }

    private async Task<ExportJob?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var jobId) ? await jobs.FindAsync(jobId, cancellationToken) : null;
}

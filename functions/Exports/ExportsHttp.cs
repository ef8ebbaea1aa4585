using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Shows exports.</summary>
public sealed class ExportsHttp(IExportJobStore jobs, ExportEvents events, HttpAnswers answers)
{
    [Function("GetExport")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ExportRoutes.Exports + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, id, cancellationToken));

    [Function("GetImportExport")]
    public Task<IResult> GetImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ExportRoutes.ImportExport + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, id, cancellationToken));

    [Function("ListExports")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ExportRoutes.Exports)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ListPageAsync(request, RequestNames.Standard, cancellationToken));

    [Function("ListImportExports")]
    public Task<IResult> ListImportExportsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ExportRoutes.ImportExport)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ListPageAsync(request, RequestNames.ImportExport, cancellationToken));

    [Function("GetExportEvents")]
    public Task<IResult> EventsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = ExportRoutes.Exports + "/{id}/events")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            await FindAsync(id, cancellationToken) is { } job
                ? TypedResults.ServerSentEvents(events.FollowAsync(job, cancellationToken))
                : ProblemCatalog.ExportNotFound().ToResult());

    private async Task<IResult> ShowAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } job)
            return ProblemCatalog.ExportNotFound().ToResult();

        var headers = request.HttpContext.Response.Headers;
        var etag = EntityTags.Of(job.ETag);
        headers.ETag = etag;
        headers.CacheControl = "private, no-cache";
        if (EntityTags.Matches(request.Headers.IfNoneMatch, etag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        return TypedResults.Json(ExportResponse.Of(job), ApiJson.Default.ExportResponse);
    }

    private async Task<IResult> ListPageAsync(HttpRequest request, RequestNames names, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = ExportListQuery.Read(request.Query, names, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var page = await jobs.ListAsync(query, cancellationToken);
        var response = new ExportListResponse([.. page.Jobs.Select(ExportResponse.Of)], UnreadableResponse.Of(page.Jobs), PageQuery.Encode(page.ContinuationToken));
        return TypedResults.Json(response, ApiJson.Default.ExportListResponse);
    }

    private async Task<ExportJob?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var jobId) ? await jobs.FindAsync(jobId, cancellationToken) : null;
}

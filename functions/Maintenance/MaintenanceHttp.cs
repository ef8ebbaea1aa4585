using ExportFunctions.Functions.Http;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>Starts manual cleanups, and shows what was cleaned up.</summary>
public sealed class MaintenanceHttp(CleanupRuns cleanups, CleanupPlanning planning, MaintenanceRunStore runs, HttpAnswers answers)
{
    [Function("CleanUp")]
    public Task<IResult> CleanUpAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = MaintenanceRoutes.Cleanup)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.Cleanup, async errors =>
        {
            var isDry = PageQuery.ReadFlag(request.Query, "dryRun", errors) ?? false;
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();
            if (isDry)
                return TypedResults.Json(
                    CleanupPlanResponse.Of(await planning.MakeAsync(cancellationToken)), MaintenanceApiJson.Default.CleanupPlanResponse);

            var run = await cleanups.StartAsync(byHand: true, cancellationToken);
            request.HttpContext.Response.Headers.Location = $"/{MaintenanceRoutes.Runs}/{run.Id}";
            request.HttpContext.Response.Headers.RetryAfter = "5";
            return TypedResults.Json(
                MaintenanceRunResponse.Of(run),
                MaintenanceApiJson.Default.MaintenanceRunResponse,
                statusCode: StatusCodes.Status202Accepted);
        });

    [Function("ListMaintenanceRuns")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MaintenanceRoutes.Runs)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.List, async errors =>
        {
            var (size, token) = (PageQuery.ReadSize(request.Query, errors), PageQuery.ReadToken(request.Query, errors));
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            var page = await runs.ListAsync(size, token, cancellationToken);
            var response = RecordListResponse<MaintenanceRunResponse>.Of(page.Runs, MaintenanceRunResponse.Of, page.ContinuationToken);
            return TypedResults.Json(response, MaintenanceApiJson.Default.MaintenanceRunList);
        });

    [Function("GetMaintenanceRun")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MaintenanceRoutes.Runs + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var runId) && await runs.FindAsync(runId, cancellationToken) is { } run
                ? TypedResults.Json(MaintenanceRunResponse.Of(run), MaintenanceApiJson.Default.MaintenanceRunResponse)
                : ProblemCatalog.MaintenanceRunNotFound().ToResult());
}

using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Cancels and deletes exports.</summary>
public sealed class ExportRemovalHttp(ExportRemoval removal, HttpAnswers answers)
{
    [Function("CancelExport")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.Exports + "/{id}/cancel")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            if (!Guid.TryParse(id, out var jobId) || await removal.CancelAsync(jobId, cancellationToken) is not { Job: { } job } outcome)
                return ProblemCatalog.ExportNotFound().ToResult();
            if (!outcome.IsAccepted)
                return ProblemCatalog.AlreadyFinal(job.Status.Name()).ToResult();

            return TypedResults.Json(ExportResponse.WithRequest(job), ApiJson.Default.ExportResponse, statusCode: StatusCodes.Status202Accepted);
        });

    [Function("DeleteExport")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ExportRoutes.Exports + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var jobId) && await removal.DeleteAsync(jobId, cancellationToken)
                ? TypedResults.NoContent()
                : ProblemCatalog.ExportNotFound().ToResult());
}

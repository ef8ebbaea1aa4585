using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Cancels and deletes exports.</summary>
public sealed class ExportRemovalHttp(IExportJobStore jobs, ExportRemoval removal, HttpAnswers answers)
{
    [Function("CancelExport")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.Exports + "/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => StopAsync(id, cancellationToken));

    [Function("CancelImportExport")]
    public Task<IResult> CancelImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.ImportExport + "/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => StopAsync(id, cancellationToken));

    [Function("DeleteExport")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ExportRoutes.Exports + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => RemoveAsync(request, id, cancellationToken));

    [Function("DeleteImportExport")]
    public Task<IResult> DeleteImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ExportRoutes.ImportExport + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => RemoveAsync(request, id, cancellationToken));

    private async Task<IResult> StopAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var jobId) || await removal.CancelAsync(jobId, cancellationToken) is not { Job: { } job } outcome)
            return ProblemCatalog.ExportNotFound().ToResult();
        if (!outcome.IsAccepted)
            return ProblemCatalog.AlreadyFinal(job.Status.Name()).ToResult();

        return TypedResults.Json(
            ExportResponse.WithRequest(job), ExportsApiJson.Default.ExportResponse, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult> RemoveAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var jobId))
            return ProblemCatalog.ExportNotFound().ToResult();
        if (request.Headers.IfMatch.Count > 0 && await FindReadableAsync(jobId, cancellationToken) is { } job
            && Preconditions.OfRemoval(request, job.ETag) is { } refusal)
            return refusal.ToResult();

        return await removal.DeleteAsync(jobId, cancellationToken) ? TypedResults.NoContent() : ProblemCatalog.ExportNotFound().ToResult();
    }

    /// <summary>The export; null when there is none, or when it is unreadable and can only be deleted.</summary>
    private async Task<ExportJob?> FindReadableAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.FindAsync(id, cancellationToken);
        }
        catch (UnreadableRecordException)
        {
            return null;
        }
    }
}

using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Redirects to the file of an export, with a link that is valid for a few minutes and created anew for every call.</summary>
public sealed class ExportFileHttp(IExportJobStore jobs, IExportFileStore files, HttpAnswers answers, TimeProvider time)
{
    [Function("GetExportFile")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.Exports + "/{id}/file")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => RedirectAsync(request, id, cancellationToken));

    [Function("GetImportExportFile")]
    public Task<IResult> GetImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ExportRoutes.ImportExport + "/{id}/file")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => RedirectAsync(request, id, cancellationToken));

    private async Task<IResult> RedirectAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var job = Guid.TryParse(id, out var jobId) ? await jobs.FindAsync(jobId, cancellationToken) : null;
        switch (job)
        {
            case null:
                return ProblemCatalog.ExportNotFound().ToResult();
            case { Status: ExportStatus.Expired }:
                return Expired(job);
            case not { Status: ExportStatus.Succeeded }:
                return ProblemCatalog.FileNotReady(job.Status.Name()).ToResult();
            case { File: { } file } when file.ExpiresAt <= time.GetUtcNow():
                return Expired(job);
        }

        var link = await files.CreateLinkAsync(job, cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "private, no-store";

        // Written by hand: the framework's redirect logs its target, which contains a signature.
        request.HttpContext.Response.Headers.Location = link.AbsoluteUri;
        return TypedResults.StatusCode(StatusCodes.Status302Found);
    }

    private static IResult Expired(ExportJob job) =>
        ProblemCatalog.FileExpired(job.Archive?.Entry, job.Archive?.Blob, StorageNames.ArchiveContainer).ToResult();
}

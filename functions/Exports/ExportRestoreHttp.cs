using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Maintenance;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Exports;

/// <summary>Restores archived files.</summary>
public sealed class ExportRestoreHttp(FileRestores restores, HttpAnswers answers)
{
    private const int MaxBytes = 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 4 };
    private static readonly JsonShape Shape = new(["days"], "{\"days\": 7}");

    [Function("RestoreExport")]
    public Task<IResult> RestoreAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.Exports + "/{id}/restore")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => BringBackAsync(request, id, errors, cancellationToken));

    [Function("RestoreImportExport")]
    public Task<IResult> RestoreImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.ImportExport + "/{id}/restore")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => BringBackAsync(request, id, errors, cancellationToken));

    private async Task<IResult> BringBackAsync(HttpRequest request, string id, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (days, problem) = await ReadDaysAsync(request, errors, cancellationToken);
        if (problem is not null)
            return problem.ToResult();
        if (!Guid.TryParse(id, out var jobId) || await restores.AskAsync(jobId, days, cancellationToken) is not { } job)
            return ProblemCatalog.ExportNotFound().ToResult();

        return job is { Status: ExportStatus.Expired, Restore: not null } or { Status: ExportStatus.Succeeded, Archive: not null }
            ? AcceptedExports.Answer(request, job)
            : ProblemCatalog.FileNotArchived(job.Status.Name()).ToResult();
    }

    /// <summary>The requested number of days; null when the body is empty or doesn't specify it.</summary>
    private static async Task<(int? Days, Problem? Problem)> ReadDaysAsync(
        HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (!RequestContent.HasBody(request))
            return errors.IsEmpty ? (null, null) : (null, ProblemCatalog.InvalidRequest(errors));

        return await RequestBody.ReadAsync(request, MaxBytes, JsonOptions, errors, body => ReadDays(body, errors), cancellationToken);
    }

    /// <summary>The number of days requested in a body; null when it isn't specified.</summary>
    internal static int? ReadDays(JsonElement body, FieldErrors errors) =>
        JsonFields.Open(body, Shape, errors)?.WholeNumber("days", 1, MaintenanceOptions.MaxRestoreDays, "7");
}

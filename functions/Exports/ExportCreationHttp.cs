using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Exports;

/// <summary>Accepts exports.</summary>
public sealed class ExportCreationHttp(
    ExportRequestReader reader, ExportSubmission submission, IOptions<ExportOptions> options, HttpAnswers answers)
{
    private const string IdempotencyHeader = "Idempotency-Key";
    private const int MaxKeyLength = 255;

    [Function("CreateExport")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.Exports)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.ExportCreation, errors => SubmitAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("CreateImportExport")]
    public Task<IResult> CreateImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.ImportExport)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.ImportExportCreation, errors => SubmitAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> SubmitAsync(HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var key = ReadKey(request, errors);
        var (body, problem) = await RequestBody.ReadAsync(request, options.Value.MaxRequestBytes, ExportRequestReader.JsonOptions, errors, cancellationToken);
        if (problem is not null)
            return problem.ToResult();

        using (body)
        {
            var export = reader.Read(body!.RootElement, FormatParameter(request, names), names, errors);
            if (export is null || !errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            var job = await submission.SubmitAsync(export, key, cancellationToken);
            return job is null ? ProblemCatalog.IdempotencyKeyReused().ToResult() : Accepted(request, job);
        }
    }

    private static string? FormatParameter(HttpRequest request, RequestNames names)
    {
        var value = request.Query[names.Preferred("format")];
        if (value.Count == 0)
            value = request.Query["format"];

        return value.Count == 0 ? null : value.ToString();
    }

    private static string? ReadKey(HttpRequest request, FieldErrors errors)
    {
        if (!request.Headers.TryGetValue(IdempotencyHeader, out var values))
            return null;

        if (values is [{ Length: > 0 and <= MaxKeyLength } key])
            return key;

        errors.Add(IdempotencyHeader, $"The header must be given once, and have 1 to {MaxKeyLength} characters.");
        return null;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<ExportResponse> Accepted(HttpRequest request, ExportJob job)
    {
        var location = $"/{ExportRoutes.Exports}/{job.Id}";
        var headers = request.HttpContext.Response.Headers;
        headers.Location = location;
        headers["Operation-Location"] = location;
        headers.RetryAfter = "1";
        return TypedResults.Json(ExportResponse.WithRequest(job), ApiJson.Default.ExportResponse, statusCode: StatusCodes.Status202Accepted);
    }
}

using ExportFunctions.Exports;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Exports.Submission;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Exports;

/// <summary>Accepts exports.</summary>
public sealed class ExportCreationHttp(
    ExportRequestReader reader,
    ExportSubmission submission,
    CallerLimit limit,
    MailBacklog mails,
    IOptions<ExportOptions> options,
    HttpAnswers answers)
{
    [Function("CreateExport")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.Exports)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.ExportCreation, errors => SubmitAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("CreateImportExport")]
    public Task<IResult> CreateImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.ImportExport)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.ImportExportCreation, errors => SubmitAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> SubmitAsync(
        HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var key = IdempotencyHeader.Read(request, errors);
        var (export, problem) = await RequestBody.ReadAsync(
            request,
            options.Value.MaxRequestBytes,
            ExportRequestReader.JsonOptions,
            errors,
            body => reader.Read(body, FormatParameter(request, names), names, errors),
            cancellationToken);
        if (export is null)
            return problem!.ToResult();

        if (export.Notify.Count > 0 && await mails.FindPauseAsync(cancellationToken) is { } pause)
            return AcceptedExports.TooManyMails(request, mails.MaxPerHour, pause);

        var caller = ExportCallers.Of(request);
        if (!await limit.TryTakeAsync(caller, cancellationToken))
            return AcceptedExports.TooMany(request, options.Value.MaxActivePerCaller);

        var job = await submission.SubmitAsync(export, key, caller, cancellationToken);
        return job is null ? ProblemCatalog.IdempotencyKeyReused().ToResult() : AcceptedExports.Answer(request, job);
    }

    private static string? FormatParameter(HttpRequest request, RequestNames names)
    {
        var value = request.Query[names.Preferred("format")];
        if (value.Count == 0)
            value = request.Query["format"];

        return value.Count == 0 ? null : value.ToString();
    }
}

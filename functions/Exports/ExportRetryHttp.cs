using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Submission;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Exports;

/// <summary>Resubmits exports that have ended.</summary>
public sealed class ExportRetryHttp(
    ExportResubmission resubmission, CallerLimit limit, MailBacklog mails, IOptions<ExportOptions> options, HttpAnswers answers)
{
    [Function("RetryExport")]
    public Task<IResult> RetryAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.Exports + "/{id}/retry")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => SubmitAsync(request, id, errors, cancellationToken));

    [Function("RetryImportExport")]
    public Task<IResult> RetryImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ExportRoutes.ImportExport + "/{id}/retry")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => SubmitAsync(request, id, errors, cancellationToken));

    private async Task<IResult> SubmitAsync(HttpRequest request, string id, FieldErrors errors, CancellationToken cancellationToken)
    {
        var key = IdempotencyHeader.Read(request, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();
        if (!Guid.TryParse(id, out var exportId))
            return ProblemCatalog.ExportNotFound().ToResult();

        var caller = ExportCallers.Of(request);
        if (!await limit.TryTakeAsync(caller, cancellationToken))
            return AcceptedExports.TooMany(request, options.Value.MaxActivePerCaller);

        return await resubmission.SubmitAsync(exportId, key, caller, mails.FindPauseAsync, cancellationToken) switch
        {
            { Result: ResubmissionResult.Accepted, Job: { } job } => AcceptedExports.Answer(request, job),
            { Result: ResubmissionResult.NotEnded, Job: { } job } => ProblemCatalog.NotFinal(job.Status.Name()).ToResult(),
            { Result: ResubmissionResult.NotPossible, Reason: { } reason } => ProblemCatalog.RetryNotPossible(reason).ToResult(),
            { Result: ResubmissionResult.HeldBack, Pause: { } pause } => AcceptedExports.TooManyMails(request, mails.MaxPerHour, pause),
            { Result: ResubmissionResult.KeyReused } => ProblemCatalog.IdempotencyKeyReused().ToResult(),
            _ => ProblemCatalog.ExportNotFound().ToResult(),
        };
    }
}

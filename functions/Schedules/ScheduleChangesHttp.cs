using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Replaces and deletes schedules, conditional on the state their owners saw.</summary>
public sealed class ScheduleChangesHttp(ScheduleBody body, IScheduleStore schedules, ScheduleChanges changes, HttpAnswers answers)
{
    [Function("ReplaceSchedule")]
    public Task<IResult> ReplaceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = ScheduleRoutes.Schedules + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => OverwriteAsync(request, id, RequestNames.Standard, errors, cancellationToken));

    [Function("ReplaceImportExportSchedule")]
    public Task<IResult> ReplaceImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = ScheduleRoutes.ImportExport + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.None, errors => OverwriteAsync(request, id, RequestNames.ImportExport, errors, cancellationToken));

    [Function("DeleteSchedule")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ScheduleRoutes.Schedules + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => RemoveAsync(request, id, cancellationToken));

    [Function("DeleteImportExportSchedule")]
    public Task<IResult> DeleteImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ScheduleRoutes.ImportExport + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => RemoveAsync(request, id, cancellationToken));

    private async Task<IResult> OverwriteAsync(
        HttpRequest request, string id, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (asked, problem) = await body.ReadAsync(request, names, errors, cancellationToken);
        if (asked is null)
            return problem!.ToResult();

        // Retried when the timer's change came first: the tag decides whether this one still applies.
        while (await schedules.FindAsync(id, cancellationToken) is { } schedule)
        {
            if (Preconditions.OfReplacement(request, schedule.ETag) is { } refusal)
                return refusal.ToResult();
            if (await changes.ReplaceAsync(schedule, asked, cancellationToken) is { } replaced)
                return ScheduleAnswers.Answer(request, replaced);
        }

        return ProblemCatalog.ScheduleNotFound().ToResult();
    }

    private async Task<IResult> RemoveAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await RemoveReadableAsync(request, id, cancellationToken);
        }
        catch (UnreadableRecordException) when (Guid.TryParse(id, out var scheduleId))
        {
            await schedules.DeleteUnreadableAsync(scheduleId, cancellationToken);
            return TypedResults.NoContent();
        }
    }

    private async Task<IResult> RemoveReadableAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        while (await schedules.FindAsync(id, cancellationToken) is { } schedule)
        {
            if (Preconditions.OfRemoval(request, schedule.ETag) is { } refusal)
                return refusal.ToResult();
            if (await changes.DeleteAsync(schedule, cancellationToken))
                return TypedResults.NoContent();
        }

        return ProblemCatalog.ScheduleNotFound().ToResult();
    }
}

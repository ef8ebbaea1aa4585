using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Shows when a schedule is due, and the outcomes of its runs.</summary>
public sealed class ScheduleHistoryHttp(IScheduleStore schedules, IScheduleRunStore runs, TimeProvider time, HttpAnswers answers)
{
    private const int DefaultOccurrences = 5;
    private const int MaxOccurrences = 100;

    [Function("GetScheduleNext")]
    public Task<IResult> NextAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.Schedules + "/{id}/next")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request,
            QueryNames.ScheduleOccurrences,
            errors => ShowNextAsync(request, id, RequestNames.Standard, errors, cancellationToken));

    [Function("GetImportExportScheduleNext")]
    public Task<IResult> NextImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.ImportExport + "/{id}/next")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request,
            QueryNames.ScheduleOccurrences,
            errors => ShowNextAsync(request, id, RequestNames.ImportExport, errors, cancellationToken));

    [Function("ListScheduleRuns")]
    public Task<IResult> RunsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.Schedules + "/{id}/runs")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.List, errors => ListRunsAsync(request, id, RequestNames.Standard, errors, cancellationToken));

    [Function("ListImportExportScheduleRuns")]
    public Task<IResult> RunsImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.ImportExport + "/{id}/runs")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(
            request, QueryNames.List, errors => ListRunsAsync(request, id, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> ShowNextAsync(
        HttpRequest request, string id, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var count = PageQuery.ReadNumber(request.Query, "count", MaxOccurrences, DefaultOccurrences, errors);
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
            return ProblemCatalog.ScheduleNotFound().ToResult();

        if (Occurrences.Find(schedule.Timing) is not { } instants)
            return ProblemCatalog.ZoneNotKnown(schedule.Timing.TimeZone).ToResult();

        var occurrences = instants.After(time.GetUtcNow(), schedule.StartsAt, schedule.EndsAt).Take(count);
        var response = new ListResponse<OccurrenceResponse>([.. occurrences.Select(OccurrenceResponse.Of)]);
        return TypedResults.Json(response, EarlierSchedulesJson.Names.For(names, SchedulesApiJson.Default.OccurrenceList));
    }

    private async Task<IResult> ListRunsAsync(
        HttpRequest request, string id, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (size, token) = (PageQuery.ReadSize(request.Query, errors), PageQuery.ReadToken(request.Query, errors));
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
            return ProblemCatalog.ScheduleNotFound().ToResult();

        var page = await runs.ListAsync(schedule.Id, size, token, cancellationToken);
        var response = RecordListResponse<ScheduleRunResponse>.Of(page.Runs, ScheduleRunResponse.Of, page.ContinuationToken);
        return TypedResults.Json(response, EarlierSchedulesJson.Names.For(names, SchedulesApiJson.Default.ScheduleRunList));
    }
}

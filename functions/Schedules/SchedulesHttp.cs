using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Shows schedules.</summary>
public sealed class SchedulesHttp(IScheduleStore schedules, HttpAnswers answers)
{
    [Function("GetSchedule")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.Schedules + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, id, cancellationToken));

    [Function("GetImportExportSchedule")]
    public Task<IResult> GetImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.ImportExport + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ShowAsync(request, id, cancellationToken));

    [Function("ListSchedules")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.Schedules)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.List, errors => ListPageAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("ListImportExportSchedules")]
    public Task<IResult> ListImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ScheduleRoutes.ImportExport)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.List, errors => ListPageAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> ShowAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
            return ProblemCatalog.ScheduleNotFound().ToResult();

        return RecordAnswers.Show(request, schedule.ETag, ScheduleResponse.Of(schedule), SchedulesApiJson.Default.ScheduleResponse);
    }

    private async Task<IResult> ListPageAsync(
        HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (size, token) = (PageQuery.ReadSize(request.Query, errors), PageQuery.ReadToken(request.Query, errors));
        if (!errors.IsEmpty)
            return ProblemCatalog.InvalidRequest(errors).ToResult();

        var page = await schedules.ListAsync(size, token, cancellationToken);
        var response = RecordListResponse<ScheduleSummaryResponse>.Of(page.Schedules, ScheduleSummaryResponse.Of, page.ContinuationToken);
        return TypedResults.Json(response, EarlierSchedulesJson.Names.For(names, SchedulesApiJson.Default.ScheduleList));
    }
}

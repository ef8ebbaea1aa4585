using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Starts manual runs of schedules.</summary>
public sealed class ScheduleRunHttp(ScheduleStarts starts, HttpAnswers answers)
{
    [Function("RunSchedule")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules + "/{id}/run")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => StartAsync(request, id, RequestNames.Standard, cancellationToken));

    [Function("RunImportExportSchedule")]
    public Task<IResult> RunImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport + "/{id}/run")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => StartAsync(request, id, RequestNames.ImportExport, cancellationToken));

    private async Task<IResult> StartAsync(HttpRequest request, string id, RequestNames names, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var scheduleId))
            return ProblemCatalog.ScheduleNotFound().ToResult();

        return await starts.RunNowAsync(scheduleId, cancellationToken) switch
        {
            { Result: RunNowResult.Started, Run: { JobId: { } exportId } run } => Started(request, names, run, exportId),
            { Result: RunNowResult.Overlapping } => ProblemCatalog.RunStillOpen().ToResult(),
            { Result: RunNowResult.Failed, Run: { Reason: { } reason } } => ProblemCatalog.RunNotPossible(reason).ToResult(),
            _ => ProblemCatalog.ScheduleNotFound().ToResult(),
        };
    }

    private static JsonHttpResult<StartedRunResponse> Started(HttpRequest request, RequestNames names, ScheduleRun run, Guid exportId)
    {
        var location = AcceptedExports.SetHeaders(request, exportId);
        var response = new StartedRunResponse(exportId, location, run.ScheduleId, run.StartedAt.UtcDateTime);
        return TypedResults.Json(
            response,
            EarlierSchedulesJson.Names.For(names, SchedulesApiJson.Default.StartedRunResponse),
            statusCode: StatusCodes.Status202Accepted);
    }
}

using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Pauses and resumes schedules.</summary>
public sealed class ScheduleStateHttp(ScheduleChanges changes, HttpAnswers answers)
{
    [Function("PauseSchedule")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules + "/{id}/pause")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => StopAsync(request, id, cancellationToken));

    [Function("PauseImportExportSchedule")]
    public Task<IResult> PauseImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport + "/{id}/pause")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => StopAsync(request, id, cancellationToken));

    [Function("ResumeSchedule")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules + "/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => GoOnAsync(request, id, cancellationToken));

    [Function("ResumeImportExportSchedule")]
    public Task<IResult> ResumeImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport + "/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => GoOnAsync(request, id, cancellationToken));

    private async Task<IResult> StopAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var scheduleId) && await changes.PauseAsync(scheduleId, cancellationToken) is { } schedule
            ? ScheduleAnswers.Answer(request, schedule)
            : ProblemCatalog.ScheduleNotFound().ToResult();

    private async Task<IResult> GoOnAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var scheduleId) || await changes.ResumeAsync(scheduleId, cancellationToken) is not { } schedule)
            return ProblemCatalog.ScheduleNotFound().ToResult();

        // Only a schedule whose zone this host doesn't know is still in its old state.
        return schedule.State == ScheduleState.Active
            ? ScheduleAnswers.Answer(request, schedule)
            : ProblemCatalog.ZoneNotKnown(schedule.Timing.TimeZone).ToResult();
    }
}

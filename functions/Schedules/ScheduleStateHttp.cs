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
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules + "/{id}/pause")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ChangeAsync(request, id, changes.PauseAsync, cancellationToken));

    [Function("PauseImportExportSchedule")]
    public Task<IResult> PauseImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport + "/{id}/pause")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ChangeAsync(request, id, changes.PauseAsync, cancellationToken));

    [Function("ResumeSchedule")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules + "/{id}/resume")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ChangeAsync(request, id, changes.ResumeAsync, cancellationToken));

    [Function("ResumeImportExportSchedule")]
    public Task<IResult> ResumeImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport + "/{id}/resume")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => ChangeAsync(request, id, changes.ResumeAsync, cancellationToken));

    private static async Task<IResult> ChangeAsync(
        HttpRequest request, string id, Func<Guid, CancellationToken, Task<Schedule?>> change, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var scheduleId) && await change(scheduleId, cancellationToken) is { } schedule
            ? ScheduleAnswers.Answer(request, schedule)
            : ProblemCatalog.ScheduleNotFound().ToResult();
}

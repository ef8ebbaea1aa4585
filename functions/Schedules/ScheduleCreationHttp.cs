using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Creates schedules, and previews them without creating them.</summary>
public sealed class ScheduleCreationHttp(
    ScheduleBody body, ScheduleChanges changes, IOptions<ScheduleOptions> options, TimeProvider time, HttpAnswers answers)
{
    private const int PreviewedOccurrences = 5;

    [Function("CreateSchedule")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => MakeAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("CreateImportExportSchedule")]
    public Task<IResult> CreateImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => MakeAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    [Function("PreviewSchedule")]
    public Task<IResult> PreviewAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.Schedules + "/preview")] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => TryAsync(request, RequestNames.Standard, errors, cancellationToken));

    [Function("PreviewImportExportSchedule")]
    public Task<IResult> PreviewImportExportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ScheduleRoutes.ImportExport + "/preview")] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, errors => TryAsync(request, RequestNames.ImportExport, errors, cancellationToken));

    private async Task<IResult> MakeAsync(HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (asked, problem) = await body.ReadAsync(request, names, errors, cancellationToken);
        if (asked is null)
            return problem!.ToResult();

        if (await changes.CreateAsync(asked, cancellationToken) is not { } schedule)
            return ProblemCatalog.TooManySchedules(options.Value.MaxSchedules).ToResult();

        request.HttpContext.Response.Headers.Location = ScheduleRoutes.Of(schedule.Id);
        return ScheduleAnswers.Answer(request, schedule, StatusCodes.Status201Created);
    }

    private async Task<IResult> TryAsync(HttpRequest request, RequestNames names, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (asked, problem) = await body.ReadAsync(request, names, errors, cancellationToken);
        if (asked is null)
            return problem!.ToResult();

        var occurrences = Occurrences.For(asked.Timing).After(time.GetUtcNow(), asked.StartsAt, asked.EndsAt).Take(PreviewedOccurrences);
        return TypedResults.Json(SchedulePreviewResponse.Of(asked, occurrences), SchedulesApiJson.Default.SchedulePreviewResponse);
    }
}

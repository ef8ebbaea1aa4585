using ExportFunctions.Functions.Http;
using ExportFunctions.Schedules;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Responds with a schedule.</summary>
internal static class ScheduleAnswers
{
    /// <summary>The schedule, with its tag in the headers.</summary>
    public static IResult Answer(HttpRequest request, Schedule schedule, int status = StatusCodes.Status200OK) =>
        RecordAnswers.Answer(request, schedule.ETag, ScheduleResponse.Of(schedule), SchedulesApiJson.Default.ScheduleResponse, status);
}

using ExportFunctions.Functions.Http;
using ExportFunctions.Schedules;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Answers with a schedule.</summary>
internal static class ScheduleAnswers
{
    /// <summary>The schedule, with its tag in the headers.</summary>
    public static IResult Answer(HttpRequest request, Schedule schedule, int status = StatusCodes.Status200OK)
    {
        SetTag(request, schedule);
        return Json(schedule, status);
    }

    public static IResult Json(Schedule schedule, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(ScheduleResponse.Of(schedule), ApiJson.Default.ScheduleResponse, statusCode: status);

    /// <summary>Puts the schedule's tag into the answer's headers.</summary>
    public static string SetTag(HttpRequest request, Schedule schedule)
    {
        var headers = request.HttpContext.Response.Headers;
        var etag = EntityTags.Of(schedule.ETag);
        headers.ETag = etag;
        headers.CacheControl = "private, no-cache";
        return etag;
    }
}

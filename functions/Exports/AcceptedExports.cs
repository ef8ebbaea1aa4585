using System.Globalization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>The response for an export that continues in the background, with the address to follow it at.</summary>
internal static class AcceptedExports
{
    public static IResult Answer(HttpRequest request, ExportJob job)
    {
        SetHeaders(request, job.Id);
        return TypedResults.Json(
            ExportResponse.WithRequest(job), ExportsApiJson.Default.ExportResponse, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The response to a caller that has reached its limit of waiting exports.</summary>
    public static IResult TooMany(HttpRequest request, int max)
    {
        request.HttpContext.Response.Headers.RetryAfter = "10";
        return ProblemCatalog.TooManyExports(max).ToResult();
    }

    /// <summary>The response to a request for mails when so many are queued that they would be sent hours late.</summary>
    public static IResult TooManyMails(HttpRequest request, int maxPerHour, TimeSpan pause)
    {
        request.HttpContext.Response.Headers.RetryAfter =
            Math.Ceiling(pause.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return ProblemCatalog.TooManyMails(maxPerHour).ToResult();
    }

    /// <summary>Adds the export's address to the response headers.</summary>
    public static string SetHeaders(HttpRequest request, Guid exportId)
    {
        var location = $"/{ExportRoutes.Exports}/{exportId}";
        var headers = request.HttpContext.Response.Headers;
        headers.Location = location;
        headers["Operation-Location"] = location;
        headers.RetryAfter = "1";
        return location;
    }
}

using System.Text.Json.Serialization.Metadata;
using Azure;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Responds with a record that callers can change, and with its tag in the headers, which a change requires as <c>If-Match</c>.
/// </summary>
internal static class RecordAnswers
{
    /// <summary>The record after a change, or just created.</summary>
    public static IResult Answer<T>(HttpRequest request, ETag stored, T record, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        SetTag(request, stored);
        return TypedResults.Json(record, type, statusCode: status);
    }

    /// <summary>The record in response to a read: 304 when it matches <c>If-None-Match</c>.</summary>
    public static IResult Show<T>(HttpRequest request, ETag stored, T record, JsonTypeInfo<T> type) =>
        EntityTags.Matches(request.Headers.IfNoneMatch, SetTag(request, stored))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(record, type);

    private static string SetTag(HttpRequest request, ETag stored)
    {
        var headers = request.HttpContext.Response.Headers;
        var etag = EntityTags.Of(stored);
        headers.ETag = etag;
        headers.CacheControl = "private, no-cache";
        return etag;
    }
}

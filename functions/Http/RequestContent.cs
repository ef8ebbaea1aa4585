using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Accepted bodies: <c>application/json</c> in UTF-8, not encoded. Other JSON types (<c>application/…+json</c>) have meanings this API
/// doesn't know, and the types that forms send would let any page call it.
/// </summary>
internal static class RequestContent
{
    private const string Json = "application/json";

    /// <summary>The problem with a request's body; null when it has none, or one of the right type.</summary>
    /// <param name="request">The request.</param>
    public static Problem? ProblemOf(HttpRequest request)
    {
        if (!HasBody(request))
            return null;

        if (!IsJson(request.Headers.ContentType.ToString()))
            return ProblemCatalog.UnsupportedMediaType();

        var encoding = request.Headers.ContentEncoding;
        if (encoding.Count == 0 || encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            return null;

        // RFC 9110, 15.5.16: lets a client see which of the two isn't accepted.
        request.HttpContext.Response.Headers.AcceptEncoding = "identity";
        return ProblemCatalog.UnsupportedEncoding();
    }

    /// <summary>Whether a request has a body.</summary>
    /// <param name="request">The request.</param>
    public static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private static bool IsJson(string type) =>
        MediaTypeHeaderValue.TryParse(type, out var media)
        && media.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

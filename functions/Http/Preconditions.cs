using Azure;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Whether a caller may change a stored record given the state it last saw: the same rules for every record.</summary>
internal static class Preconditions
{
    /// <summary>For a replacement: 428 without <c>If-Match</c>, 412 when it names another state; null when the change is allowed.</summary>
    public static Problem? OfReplacement(HttpRequest request, ETag stored) =>
        request.Headers.IfMatch.Count == 0 ? ProblemCatalog.PreconditionRequired() : OfRemoval(request, stored);

    /// <summary>For a deletion: 412 when <c>If-Match</c> is given and names another state; null when the deletion is allowed.</summary>
    public static Problem? OfRemoval(HttpRequest request, ETag stored) =>
        request.Headers.IfMatch.Count == 0 || EntityTags.Allows(request.Headers.IfMatch, EntityTags.Of(stored))
            ? null
            : ProblemCatalog.PreconditionFailed();
}

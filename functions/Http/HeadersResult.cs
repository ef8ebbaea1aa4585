using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// The response to a <c>HEAD</c> request where producing the content would take long: a stream that lasts as long as its export, or one of
/// all records.
/// </summary>
/// <param name="contentType">The content's media type.</param>
internal sealed class HeadersResult(string contentType) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType;
        return Task.CompletedTask;
    }
}

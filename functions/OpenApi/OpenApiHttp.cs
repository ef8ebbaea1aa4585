using ExportFunctions.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace ExportFunctions.Functions.OpenApi;

/// <summary>The API's description, and a page to browse it and try it out.</summary>
public static class OpenApiHttp
{
    [Function("GetOpenApi")]
    public static IResult GetDocument(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        QueryNames.None.Refuse(request) ?? TypedResults.Stream(OpenApiResources.Document(), "application/json");

    [Function("GetDocs")]
    public static IResult GetPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs")] HttpRequest request)
    {
        if (QueryNames.None.Refuse(request) is { } refusal)
            return refusal;

        request.HttpContext.Response.Headers.ContentSecurityPolicy = OpenApiResources.PagePolicy;
        return TypedResults.Text(OpenApiResources.Page, "text/html; charset=utf-8");
    }

    [Function("GetDocsScript")]
    public static IResult GetScript(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/docs/scalar.js")] HttpRequest request)
    {
        if (QueryNames.DocsScript.Refuse(request) is { } refusal)
            return refusal;

        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=86400";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (!AcceptsGzip(request))
            return TypedResults.Stream(OpenApiResources.Script(), "text/javascript; charset=utf-8");

        headers.ContentEncoding = "gzip";
        return TypedResults.Stream(OpenApiResources.CompressedScript(), "text/javascript; charset=utf-8");
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is not 0);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.OpenApi;

/// <summary>The API's description, and a page to browse it and try it out.</summary>
public sealed class OpenApiHttp
{
    [Function("GetOpenApi")]
    public IResult GetDocument([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        TypedResults.Stream(OpenApiResources.Document(), "application/json");

    [Function("GetDocs")]
    public IResult GetPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/docs")] HttpRequest request) =>
        TypedResults.Text(OpenApiResources.Page, "text/html; charset=utf-8");

    [Function("GetDocsScript")]
    public IResult GetScript([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/docs/scalar.js")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Stream(OpenApiResources.Script(), "text/javascript; charset=utf-8");
    }
}

using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Responds to requests that no other function handles: unknown paths, and known paths with another method. The Functions host itself would
/// send a 404 with an empty body for both.
/// </summary>
public static class OtherMethodsHttp
{
    // Without methods, the trigger accepts all of them; more specific routes are matched first.
    [Function("AnswerOtherMethods")]
    public static IResult Answer([HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/{*path}")] HttpRequest request)
    {
        var methods = RouteTable.MethodsOf(request.Path);
        if (methods.Count == 0)
            return ProblemCatalog.PathNotFound().ToResult();

        var allowed = string.Join(", ", methods);
        request.HttpContext.Response.Headers.Allow = allowed;
        return HttpMethods.IsOptions(request.Method) ? TypedResults.NoContent() : ProblemCatalog.MethodNotAllowed(allowed).ToResult();
    }
}

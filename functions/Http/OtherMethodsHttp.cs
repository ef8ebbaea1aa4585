using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Answers what no other function takes: unknown paths, and known ones with another method. The Functions host itself would answer 404 with
/// an empty body to both.
/// </summary>
public static class OtherMethodsHttp
{
    // Without methods, the trigger takes them all; routes that say more are matched before it.
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

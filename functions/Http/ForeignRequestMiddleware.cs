using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Functions.Http;

/// <summary>Rejects foreign requests in a worker whose host requires no key, as with the Core Tools on a developer's machine.</summary>
/// <param name="foreign">Detects them.</param>
internal sealed class ForeignRequestMiddleware(ForeignRequests foreign) : IFunctionsWorkerMiddleware
{
    private const string Setting = "FUNCTIONS_CORETOOLS_ENVIRONMENT";

    /// <summary>
    /// True when the host requires no key. Every other Functions host does, for everything except the documentation and health.
    /// </summary>
    /// <param name="configuration">The settings.</param>
    public static bool IsKeyless(IConfiguration configuration) => configuration[Setting] is { Length: > 0 };

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && foreign.Refuse(http.Request, HostOf(http.Request)) is { } refusal)
            await refusal.ExecuteAsync(http);
        else
            await next(context);
    }

    // The Functions host calls the worker by the worker's own address, and appends the host it was called by itself.
    private static HostString HostOf(HttpRequest request)
    {
        var forwarded = request.Headers["X-Forwarded-Host"].ToString();
        return forwarded.Length == 0 ? request.Host : new HostString(forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim());
    }
}

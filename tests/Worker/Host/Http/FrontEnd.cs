using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExportFunctions.TestHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExportFunctions.TestHost.Http;

/// <summary>
/// What callers of the app see of Azure: it finds the function by route and method, checks the key, and passes the request on.
/// </summary>
/// <param name="channel">Where the worker is told of the call.</param>
/// <param name="worker">The worker's own address.</param>
/// <param name="key">The functions' key; null when none is asked for.</param>
/// <param name="stopping">Canceled when the host stops: calls that run are canceled.</param>
internal sealed class FrontEnd(WorkerChannel channel, Uri worker, string? key, CancellationToken stopping) : IDisposable
{
    private readonly HttpMessageInvoker _worker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        // The body is the caller's own: it must not be sent before the worker wants it.
        Expect100ContinueTimeout = TimeSpan.Zero,
    });

    /// <summary>Maps the HTTP functions.</summary>
    public void Map(IEndpointRouteBuilder routes, IEnumerable<WorkerFunction> functions, string routePrefix)
    {
        foreach (var function in functions.Where(function => function.Is("httpTrigger")))
        {
            var pattern = $"{routePrefix}/{function.Route}";
            RequestDelegate handler = context => CallAsync(context, function);
            _ = function.Methods.Count == 0 ? routes.Map(pattern, handler) : routes.MapMethods(pattern, function.Methods, handler);
        }
    }

    public void Dispose() => _worker.Dispose();

    private async Task CallAsync(HttpContext context, WorkerFunction function)
    {
        if (!function.IsAnonymous && !HasKey(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var invocation = await HttpInvocation.CreateAsync(function, context);
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var invoked = channel.InvokeAsync(invocation, canceled.Token);
        var forwarded = Forwarding.RunAsync(_worker, worker, context, invocation.InvocationId, channel.Closed);
        await forwarded;
        await invoked;
    }

    private bool HasKey(HttpRequest request)
    {
        if (key is null)
            return true;

        var given = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
    }
}

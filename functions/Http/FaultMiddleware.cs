using ExportFunctions.Outages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Handles errors of an HTTP function that occur before it runs, as when a parameter can't be bound, or after it, while its result is
/// written. Without it, the worker would send the caller a 200 with an empty body in each case.
/// </summary>
/// <param name="answers">Creates the problem responses.</param>
/// <param name="logger">The log.</param>
internal sealed partial class FaultMiddleware(HttpAnswers answers, ILogger<FaultMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
            await WriteResultAsync(context, http);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            await answers.Answer(http.Request, exception).ExecuteAsync(http);
        }
        catch (Exception exception)
        {
            // What was sent can't be taken back; aborting the connection keeps it from looking like a complete response.
            if (!http.RequestAborted.IsCancellationRequested)
                Log.Aborted(logger, OutageFaults.LevelOf(exception, LogLevel.Error), exception, http.Request.Method, http.Request.Path);

            http.Abort();
        }
    }

    /// <summary>Writes the function's result here, where an error can still be handled, and leaves an empty one to the worker.</summary>
    private static async Task WriteResultAsync(FunctionContext context, HttpContext http)
    {
        var invocation = context.GetInvocationResult();
        if (invocation.Value is not IResult result)
            return;

        invocation.Value = TypedResults.Empty;
        await result.ExecuteAsync(http);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "An answer was cut off by a fault during {Method} {Path}.")]
        public static partial void Aborted(ILogger logger, LogLevel level, Exception exception, string method, string path);
    }
}

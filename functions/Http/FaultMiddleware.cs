using ExportFunctions.Outages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Answers the faults of an HTTP function that happen before it, as when a parameter can't be bound, or after it, while its result is
/// written. The worker itself would let each of them reach the caller as 200 with an empty body.
/// </summary>
/// <param name="answers">Makes the problems.</param>
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
            // What was sent can't be taken back; cut off, it doesn't look like the whole answer.
            if (!http.RequestAborted.IsCancellationRequested)
                Log.Aborted(logger, OutageFaults.LevelOf(exception, LogLevel.Error), exception, http.Request.Method, http.Request.Path);

            http.Abort();
        }
    }

    /// <summary>Writes the function's result here, where a fault of it can be answered, and leaves an empty one to the worker.</summary>
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

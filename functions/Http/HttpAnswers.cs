using Azure;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Http;

/// <summary>Turns faults into problem details, the same in every host: a caller never sees an exception's text or an empty 500.</summary>
public sealed partial class HttpAnswers(ILogger<HttpAnswers> logger)
{
    /// <summary>Runs a trigger's work.</summary>
    /// <param name="request">The request.</param>
    /// <param name="work">The work; its result is the answer unless it throws.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (BadHttpRequestException exception)
        {
            return ProblemCatalog.BadBody(exception.StatusCode).ToResult();
        }
        catch (UnreadableRecordException exception)
        {
            Log.Unreadable(logger, exception, request.Method, request.Path);
            return ProblemCatalog.RecordUnreadable(exception.Record.Id, exception.Record.Reason).ToResult();
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException)
        {
            // A cancellation that isn't the caller's: the storage clients' own time limit, or the host that stops. Thrown on, the worker
            // would answer 200 with an empty body.
            Log.StorageFailed(logger, exception, request.Method, request.Path);
            request.HttpContext.Response.Headers.RetryAfter = "5";
            return ProblemCatalog.StorageUnavailable().ToResult();
        }
        catch (Exception exception)
        {
            Log.Faulted(logger, exception, request.Method, request.Path);
            return ProblemCatalog.Internal().ToResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Storage failed during {Method} {Path}.")]
        public static partial void StorageFailed(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(3, LogLevel.Error, "A record can't be read during {Method} {Path}.")]
        public static partial void Unreadable(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(2, LogLevel.Error, "An unexpected fault occurred during {Method} {Path}.")]
        public static partial void Faulted(ILogger logger, Exception exception, string method, string path);
    }
}

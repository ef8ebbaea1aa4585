using Azure;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Functions.Http;

/// <summary>Maps exceptions to problem details, the same in every host: a caller never sees an exception's text or an empty 500.</summary>
public sealed partial class HttpAnswers(ILogger<HttpAnswers> logger)
{
    /// <summary>Runs the work of a trigger that accepts no query parameters.</summary>
    /// <param name="request">The request.</param>
    /// <param name="work">The work; its result is the response unless it throws.</param>
    public Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult>> work) =>
        RunAsync(
            request,
            QueryNames.None,
            errors => errors.IsEmpty ? work() : Task.FromResult(ProblemCatalog.InvalidRequest(errors).ToResult()));

    /// <summary>Runs a trigger's work.</summary>
    /// <param name="request">The request.</param>
    /// <param name="query">The query parameters the call accepts.</param>
    /// <param name="work">
    /// The work. It receives the errors in the names of query parameters, adds any others, and responds with all of them.
    /// </param>
    internal async Task<IResult> RunAsync(HttpRequest request, QueryNames query, Func<FieldErrors, Task<IResult>> work)
    {
        try
        {
            if (RequestContent.ProblemOf(request) is { } problem)
                return problem.ToResult();

            var errors = new FieldErrors();
            query.Check(request.Query, errors);
            return await work(errors);
        }
        catch (Exception exception)
        {
            return Answer(request, exception);
        }
    }

    /// <summary>The response to a request whose work threw an exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exception">The exception; logged unless the caller caused it, and never shown.</param>
    public IResult Answer(HttpRequest request, Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException when request.HttpContext.RequestAborted.IsCancellationRequested:
                return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
            case BadHttpRequestException bad:
                return ProblemCatalog.BadBody(bad.StatusCode).ToResult();
            case UnreadableRecordException unreadable:
                Log.Unreadable(logger, exception, request.Method, request.Path);
                return ProblemCatalog.RecordUnreadable(unreadable.Record.Id, unreadable.Record.Reason).ToResult();
            case RequestFailedException { Status: StatusCodes.Status400BadRequest } when request.Query.ContainsKey(PageQuery.Token):
                // The only text from a caller that is passed to the storage service as is.
                var errors = new FieldErrors();
                errors.Add(PageQuery.Token, PageQuery.TokenExpected);
                return ProblemCatalog.InvalidRequest(errors).ToResult();
            case RequestFailedException or AggregateException or OperationCanceledException:
                // A cancellation that isn't the caller's: a timeout of the storage clients, or the host shutting down.
                Log.StorageFailed(logger, OutageFaults.LevelOf(exception, LogLevel.Error), exception, request.Method, request.Path);
                request.HttpContext.Response.Headers.RetryAfter = "5";
                return ProblemCatalog.StorageUnavailable().ToResult();
            default:
                Log.Faulted(logger, exception, request.Method, request.Path);
                return ProblemCatalog.Internal().ToResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "Storage failed during {Method} {Path}.")]
        public static partial void StorageFailed(ILogger logger, LogLevel level, Exception exception, string method, string path);

        [LoggerMessage(3, LogLevel.Error, "A record can't be read during {Method} {Path}.")]
        public static partial void Unreadable(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(2, LogLevel.Error, "An unexpected fault occurred during {Method} {Path}.")]
        public static partial void Faulted(ILogger logger, Exception exception, string method, string path);
    }
}

using ExportFunctions.Local.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Local.Http;

/// <summary>
/// Ends requests when the host stops: event streams at once, as they would last as long as their client, others after the grace period.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="drain">Signals the host's stop.</param>
internal sealed class DrainMiddleware(RequestDelegate next, Drain drain)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var aborted = context.RequestAborted;
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(aborted, drain.Canceled);
        // Disposal waits for a running callback, so that it never sees the context's next request.
        await using var stopping = drain.Stopping.Register(() =>
        {
            if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
                canceled.Cancel();
        });

        context.RequestAborted = canceled.Token;
        bool isCanceled;
        try
        {
            await next(context);

            // The function can't distinguish the host's stop from a client that disconnected.
            isCanceled = context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest;
        }
        catch (OperationCanceledException) when (canceled.IsCancellationRequested)
        {
            isCanceled = true;
        }
        finally
        {
            context.RequestAborted = aborted;
        }

        // If the response has started, nothing can be added to what was sent.
        if (isCanceled && !aborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "5";
            await Problems.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The host is stopping. Try again in a few seconds; send an Idempotency-Key so that a retry creates no second export.");
        }
    }
}

using ExportFunctions.Local.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Local.Http;

/// <summary>
/// Ends requests when the host stops: event streams at once, as they would last as long as their client, others after the grace period.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="drain">The host's stopping.</param>
internal sealed class DrainMiddleware(RequestDelegate next, Drain drain)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var aborted = context.RequestAborted;
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(aborted, drain.Canceled);
        // Disposing waits for a running callback, so that it never sees the context's next request.
        await using var stopping = drain.Stopping.Register(() =>
        {
            if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
                canceled.Cancel();
        });

        context.RequestAborted = canceled.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (canceled.IsCancellationRequested)
        {
            // The client is gone, or the host stops: what was sent is all there is.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }
}

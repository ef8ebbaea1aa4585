using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace ExportFunctions.TestHost.Http;

/// <summary>Passes a request on to the worker's own port, and the answer back as it comes.</summary>
internal static class Forwarding
{
    private const int MaxAttempts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly string[] OfOneConnection =
        ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Proxy-Connection", "TE", "Trailer", "Host"];

    /// <summary>Forwards one request; answers 502 when the worker ends before it.</summary>
    public static async Task RunAsync(HttpMessageInvoker worker, Uri address, HttpContext context, string invocationId, Task closed)
    {
        using var gone = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, gone.Token);
        var ended = new TaskCompletionSource();
        var watching = WatchAsync(closed, ended.Task, gone);
        try
        {
            using var request = RequestOf(address, context, invocationId);
            using var response = await SendAsync(worker, request, either.Token);
            await CopyAsync(response, context, either.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
            else
                context.Abort();
        }
        finally
        {
            ended.SetResult();
            await watching;
        }
    }

    /// <summary>
    /// As Azure's host does, calls again for a while when nobody listens: the worker says that its functions are loaded before its port is
    /// open.
    /// </summary>
    private static async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker worker, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await worker.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
                when (exception.HttpRequestError == HttpRequestError.ConnectionError && attempt < MaxAttempts)
            {
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), cancellationToken);
            }
        }
    }

    private static async Task WatchAsync(Task closed, Task ended, CancellationTokenSource gone)
    {
        if (await Task.WhenAny(closed, ended) == closed)
            await gone.CancelAsync();
    }

    private static HttpRequestMessage RequestOf(Uri address, HttpContext context, string invocationId)
    {
        var request = context.Request;
        var target = new Uri(address, UriHelper.BuildRelative(request.PathBase, request.Path, request.QueryString));
        var message = new HttpRequestMessage(new HttpMethod(request.Method), target);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            message.Content = new StreamContent(request.Body);

        foreach (var (name, values) in request.Headers)
        {
            if (!OfOneConnection.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        message.Headers.TryAddWithoutValidation("x-ms-invocation-id", invocationId);
        message.Headers.TryAddWithoutValidation("X-Forwarded-Host", request.Host.Value);
        message.Headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        return message;
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!OfOneConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using (body)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
            int read;
            // Each piece at once: events must not wait for the next.
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

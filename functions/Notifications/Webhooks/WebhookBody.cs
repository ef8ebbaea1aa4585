using System.Text.Json;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Requests;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Reads webhooks from bodies.</summary>
public sealed class WebhookBody(WebhookRequestReader reader)
{
    /// <summary>The maximum size of a body in bytes.</summary>
    internal const int MaxRequestBytes = 64 * 1024;

    /// <summary>How bodies are parsed.</summary>
    internal static JsonDocumentOptions JsonOptions { get; } = new() { MaxDepth = 8 };

    /// <summary>The validated webhook, or the problem.</summary>
    internal async Task<(WebhookRequest? Asked, Problem? Problem)> ReadAsync(
        HttpRequest request, Webhook? present, FieldErrors errors, CancellationToken cancellationToken)
    {
        // Stops rendering the template once the client is gone.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.HttpContext.RequestAborted);
        return await RequestBody.ReadAsync(
            request, MaxRequestBytes, JsonOptions, errors, body =>
                reader.ReadAsync(body, present, errors, either.Token), cancellationToken);
    }
}

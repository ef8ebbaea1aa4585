using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>Renders webhook payloads: from the webhook's own template, else in the format of its kind.</summary>
internal sealed class WebhookPayloads(ChatTemplates chats, IOptions<NotificationOptions> options)
{
    /// <summary>Renders a payload.</summary>
    /// <param name="webhook">The receiving webhook.</param>
    /// <param name="told">The event.</param>
    /// <returns>The payload, or why there is none.</returns>
    public async Task<(byte[]? Payload, string? Problem)> WriteAsync(
        Webhook webhook, WebhookEvent told, CancellationToken cancellationToken)
    {
        var link = EventLinks.Of(told, options.Value.PublicUrl);
        if (webhook is { Template: null, Kind: WebhookKind.Standard })
            return (StandardPayload.Write(told, link), null);

        var values = webhook.Kind == WebhookKind.Standard ? ValuesOf(told, link) : ChatText.ValuesFor(webhook.Kind, ValuesOf(told, link));
        if (webhook.Template is { } text)
        {
            return LiquidPayload.Parse(text, out var template) is { } error
                ? (null, error)
                : await LiquidPayload.WriteAsync(template!, values, unknown: null, cancellationToken);
        }

        return await LiquidPayload.WriteAsync(
            chats.Find(told.Event, webhook.Kind, webhook.Language), values, unknown: null, cancellationToken);
    }

    /// <summary>The values of an event available to templates.</summary>
    public static Dictionary<string, string> ValuesOf(WebhookEvent told, string link) => new(told.Values, StringComparer.Ordinal)
    {
        ["id"] = told.Id.ToString(),
        ["type"] = told.Event.Name(),
        ["status"] = StandardPayload.Status(told.Event),
        ["timestamp"] = StandardPayload.Timestamp(told.HappenedAt),
        ["test"] = told.IsTest ? "true" : "",
        ["link"] = link,
    };
}

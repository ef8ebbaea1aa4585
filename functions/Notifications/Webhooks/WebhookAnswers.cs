using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Webhooks;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Responds with a webhook, with its tag in the headers.</summary>
internal static class WebhookAnswers
{
    public static IResult Answer(HttpRequest request, Webhook webhook) =>
        RecordAnswers.Answer(request, webhook.ETag, WebhookResponse.Of(webhook), WebhooksApiJson.Default.WebhookResponse);

    public static IResult Show(HttpRequest request, Webhook webhook) =>
        RecordAnswers.Show(request, webhook.ETag, WebhookResponse.Of(webhook), WebhooksApiJson.Default.WebhookResponse);

    public static IResult AnswerWithSecret(HttpRequest request, Webhook webhook, string? secret, int status)
    {
        var answer = RecordAnswers.Answer(
            request, webhook.ETag, WebhookResponse.Of(webhook) with { Secret = secret }, WebhooksApiJson.Default.WebhookResponse, status);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return answer;
    }
}

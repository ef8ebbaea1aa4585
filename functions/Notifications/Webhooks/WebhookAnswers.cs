using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Webhooks;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Answers with a webhook, its tag in the headers.</summary>
internal static class WebhookAnswers
{
    public static IResult Answer(HttpRequest request, Webhook webhook)
    {
        SetTag(request, webhook);
        return TypedResults.Json(WebhookResponse.Of(webhook), ApiJson.Default.WebhookResponse);
    }

    public static IResult AnswerWithSecret(HttpRequest request, Webhook webhook, string? secret, int status)
    {
        SetTag(request, webhook);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new WebhookSecretResponse(WebhookResponse.Of(webhook), secret), ApiJson.Default.WebhookSecretResponse, statusCode: status);
    }

    private static void SetTag(HttpRequest request, Webhook webhook)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = EntityTags.Of(webhook.ETag);
        headers.CacheControl = "private, no-cache";
    }
}

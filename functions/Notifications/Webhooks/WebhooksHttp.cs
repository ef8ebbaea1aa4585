using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Creates and shows webhooks.</summary>
public sealed class WebhooksHttp(WebhookBody body, IWebhookStore webhooks, WebhookChanges changes, HttpAnswers answers)
{
    [Function("CreateWebhook")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = WebhookRoutes.Webhooks)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            if (!changes.IsSetUp)
                return ProblemCatalog.WebhooksNotSetUp().ToResult();

            var (asked, problem) = await body.ReadAsync(request, present: null, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();
            if (await changes.CreateAsync(asked, cancellationToken) is not { } made)
                return ProblemCatalog.TooManyWebhooks(WebhookChanges.MaxWebhooks).ToResult();

            request.HttpContext.Response.Headers.Location = WebhookRoutes.Of(made.Webhook.Id);
            return WebhookAnswers.AnswerWithSecret(request, made.Webhook, made.Secret, StatusCodes.Status201Created);
        });

    [Function("ListWebhooks")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = WebhookRoutes.Webhooks)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            var all = await webhooks.ListAsync(cancellationToken);
            return TypedResults.Json(RecordListResponse<WebhookResponse>.Of(all, WebhookResponse.Of), WebhooksApiJson.Default.WebhookList);
        });

    [Function("GetWebhook")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = WebhookRoutes.Webhooks + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var webhookId) && await webhooks.FindAsync(webhookId, cancellationToken) is { } webhook
                ? WebhookAnswers.Show(request, webhook)
                : ProblemCatalog.WebhookNotFound().ToResult());
}

using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Replaces and deletes webhooks, conditional on the state their owners saw, and enables them again.</summary>
public sealed class WebhookChangesHttp(WebhookBody body, IWebhookStore webhooks, WebhookChanges changes, HttpAnswers answers)
{
    [Function("ReplaceWebhook")]
    public Task<IResult> ReplaceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = WebhookRoutes.Webhooks + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            if (!changes.IsSetUp)
                return ProblemCatalog.WebhooksNotSetUp().ToResult();
            if (await FindAsync(id, cancellationToken) is not { } webhook)
                return ProblemCatalog.WebhookNotFound().ToResult();
            if (Preconditions.OfReplacement(request, webhook.ETag) is { } refusal)
                return refusal.ToResult();

            var (asked, problem) = await body.ReadAsync(request, webhook, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            return await changes.ReplaceAsync(webhook, asked, cancellationToken) is { } replaced
                ? WebhookAnswers.Answer(request, replaced)
                : ProblemCatalog.PreconditionFailed().ToResult();
        });

    [Function("DeleteWebhook")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = WebhookRoutes.Webhooks + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            try
            {
                return await RemoveAsync(request, id, cancellationToken);
            }
            catch (UnreadableRecordException) when (Guid.TryParse(id, out var webhookId))
            {
                await webhooks.DeleteUnreadableAsync(webhookId, cancellationToken);
                return TypedResults.NoContent();
            }
        });

    [Function("EnableWebhook")]
    public Task<IResult> EnableAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = WebhookRoutes.Webhooks + "/{id}/enable")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var webhookId) && await changes.EnableAsync(webhookId, cancellationToken) is { } webhook
                ? WebhookAnswers.Answer(request, webhook)
                : ProblemCatalog.WebhookNotFound().ToResult());

    private async Task<IResult> RemoveAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        // Retried when another change came first: the tag decides whether this one still applies.
        while (await FindAsync(id, cancellationToken) is { } webhook)
        {
            if (Preconditions.OfRemoval(request, webhook.ETag) is { } refusal)
                return refusal.ToResult();
            if (await changes.DeleteAsync(webhook, cancellationToken))
                return TypedResults.NoContent();
        }

        return ProblemCatalog.WebhookNotFound().ToResult();
    }

    private async Task<Webhook?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var webhookId) ? await webhooks.FindAsync(webhookId, cancellationToken) : null;
}

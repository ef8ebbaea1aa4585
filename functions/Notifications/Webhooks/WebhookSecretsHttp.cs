using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Sending;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications.Webhooks;

/// <summary>Gives webhooks new secrets, and tests whether their receivers accept what is sent.</summary>
public sealed class WebhookSecretsHttp(IWebhookStore webhooks, WebhookChanges changes, WebhookTrial trial, HttpAnswers answers)
{
    private const string KeepOldFor = "keepOldFor";

    private static readonly string[] Events = [.. Enum.GetValues<NotificationEvent>().Select(NotificationEvents.Name)];
    private static readonly JsonShape Shape = new([KeepOldFor], "{\"keepOldFor\": \"1.00:00:00\"}");
    private static readonly TimeSpan DefaultKeep = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(7);

    [Function("RotateWebhookSecret")]
    public Task<IResult> RotateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = WebhookRoutes.Webhooks + "/{id}/rotate")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            if (!changes.IsSetUp)
                return ProblemCatalog.WebhooksNotSetUp().ToResult();

            var (keep, problem) = await ReadKeepAsync(request, errors, cancellationToken);
            if (problem is not null)
                return problem.ToResult();

            return Guid.TryParse(
                id, out var webhookId) && await changes.RotateAsync(webhookId, keep ?? DefaultKeep, cancellationToken) is { } rotated
                ? rotated.Secret is { } secret
                    ? WebhookAnswers.AnswerWithSecret(request, rotated.Webhook, secret, StatusCodes.Status200OK)
                    : rotated.Webhook.Kind == WebhookKind.Standard
                        ? ProblemCatalog.TooManyWebhookSecrets(WebhookChanges.MaxOldSecrets).ToResult()
                        : ProblemCatalog.WebhookHasNoSecret().ToResult()
                : ProblemCatalog.WebhookNotFound().ToResult();
        });

    [Function("TestWebhook")]
    public Task<IResult> TestAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = WebhookRoutes.Webhooks + "/{id}/test")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.WebhookTest, async errors =>
        {
            var notificationEvent =
                NotificationEvents.Find(PageQuery.Choose(request.Query, "event", Events, errors)) ?? NotificationEvent.ExportSucceeded;
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            if (!Guid.TryParse(id, out var webhookId) || await webhooks.FindAsync(webhookId, cancellationToken) is not { } webhook)
                return ProblemCatalog.WebhookNotFound().ToResult();

            var answer = await trial.SendAsync(webhook, notificationEvent, cancellationToken);
            return TypedResults.Json(WebhookTestResponse.Of(notificationEvent.Name(), answer), WebhooksApiJson.Default.WebhookTestResponse);
        });

    /// <summary>How long the old secret is used for signing as well: a day when the body doesn't specify it, or there is none.</summary>
    internal static TimeSpan? ReadKeep(JsonElement body, FieldErrors errors)
    {
        var keep = JsonFields.Open(body, Shape, errors)?.Duration(KeepOldFor, TimeSpan.Zero, MaxOverlap, DefaultKeep);
        return errors.IsEmpty ? keep ?? DefaultKeep : null;
    }

    private static async Task<(TimeSpan? Keep, Problem? Problem)> ReadKeepAsync(
        HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (!RequestContent.HasBody(request))
            return (DefaultKeep, errors.IsEmpty ? null : ProblemCatalog.InvalidRequest(errors));

        return await RequestBody.ReadAsync(
            request, WebhookBody.MaxRequestBytes, WebhookBody.JsonOptions, errors, body => ReadKeep(body, errors), cancellationToken);
    }
}

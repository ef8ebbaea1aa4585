using System.Text.Json;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Subscriptions;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Creates, shows, changes and removes subscriptions.</summary>
public sealed class SubscriptionsHttp(
    SubscriptionRegistry subscriptions, ISubscriptionStore store, SubscriptionReader reader, HttpAnswers answers)
{
    private const int MaxRequestBytes = 32 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 8 };

    [Function("CreateSubscription")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SubscriptionRoutes.Subscriptions)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            if (await subscriptions.CreateAsync(asked, cancellationToken) is not { } subscription)
                return TooMany().ToResult();

            request.HttpContext.Response.Headers.Location = $"/{SubscriptionRoutes.Subscriptions}/{subscription.Id}";
            return Answer(request, subscription, StatusCodes.Status201Created);
        });

    private static Problem TooMany() =>
        ProblemCatalog.TooManySubscriptions(SubscriptionRegistry.MaxSubscriptions, SubscriptionRegistry.MaxSubscribers);

    [Function("ListSubscriptions")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SubscriptionRoutes.Subscriptions)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            var all = await store.ListAsync(cancellationToken);
            return TypedResults.Json(
                RecordListResponse<SubscriptionResponse>.Of(all, SubscriptionResponse.Of), NotificationsApiJson.Default.SubscriptionList);
        });

    [Function("GetSubscription")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SubscriptionRoutes.Subscription)] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () => await FindAsync(id, cancellationToken) is { } subscription
            ? RecordAnswers.Show(
                request, subscription.ETag, SubscriptionResponse.Of(subscription), NotificationsApiJson.Default.SubscriptionResponse)
            : ProblemCatalog.SubscriptionNotFound().ToResult());

    [Function("ReplaceSubscription")]
    public Task<IResult> ReplaceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = SubscriptionRoutes.Subscription)] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            if (await FindAsync(id, cancellationToken) is not { } subscription)
                return ProblemCatalog.SubscriptionNotFound().ToResult();
            if (Preconditions.OfReplacement(request, subscription.ETag) is { } refusal)
                return refusal.ToResult();

            var (replaced, hasRoom) = await subscriptions.ReplaceAsync(subscription, asked, cancellationToken);
            if (!hasRoom)
                return TooMany().ToResult();
            return replaced is not null ? Answer(request, replaced) : ProblemCatalog.PreconditionFailed().ToResult();
        });

    [Function("DeleteSubscription")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = SubscriptionRoutes.Subscription)] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            try
            {
                return await RemoveAsync(request, id, cancellationToken);
            }
            catch (UnreadableRecordException) when (Guid.TryParse(id, out var subscriptionId))
            {
                await store.DeleteUnreadableAsync(subscriptionId, cancellationToken);
                return TypedResults.NoContent();
            }
        });

    private static IResult Answer(HttpRequest request, Subscription subscription, int status = StatusCodes.Status200OK) =>
        RecordAnswers.Answer(
            request, subscription.ETag, SubscriptionResponse.Of(subscription), NotificationsApiJson.Default.SubscriptionResponse, status);

    private async Task<IResult> RemoveAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        // Retried when another change came first: the tag decides whether this one still applies.
        while (await FindAsync(id, cancellationToken) is { } subscription)
        {
            if (Preconditions.OfRemoval(request, subscription.ETag) is { } refusal)
                return refusal.ToResult();
            if (await subscriptions.DeleteAsync(subscription, cancellationToken))
                return TypedResults.NoContent();
        }

        return ProblemCatalog.SubscriptionNotFound().ToResult();
    }

    private async Task<Subscription?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var subscriptionId) ? await store.FindAsync(subscriptionId, cancellationToken) : null;

    private Task<(SubscriptionRequest? Asked, Problem? Problem)> ReadAsync(
        HttpRequest request, FieldErrors errors, CancellationToken cancellationToken) =>
        RequestBody.ReadAsync(request, MaxRequestBytes, JsonOptions, errors, body => reader.Read(body, errors), cancellationToken);
}

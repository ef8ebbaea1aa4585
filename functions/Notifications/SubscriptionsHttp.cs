using System.Text.Json;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications.Subscriptions;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Makes, shows, changes and removes subscriptions.</summary>
public sealed class SubscriptionsHttp(Subscriptions subscriptions, ISubscriptionStore store, SubscriptionReader reader, HttpAnswers answers)
{
    private const int MaxRequestBytes = 32 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 8 };

    [Function("CreateSubscription")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = SubscriptionRoutes.Subscriptions)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            var subscription = await subscriptions.CreateAsync(asked, cancellationToken);
            request.HttpContext.Response.Headers.Location = $"/{SubscriptionRoutes.Subscriptions}/{subscription.Id}";
            return TypedResults.Json(SubscriptionResponse.Of(subscription), ApiJson.Default.SubscriptionResponse, statusCode: StatusCodes.Status201Created);
        });

    [Function("ListSubscriptions")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SubscriptionRoutes.Subscriptions)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            var all = await store.ListAsync(cancellationToken);
            var response = new SubscriptionListResponse([.. all.Select(SubscriptionResponse.Of)], UnreadableResponse.Of(all));
            return TypedResults.Json(response, ApiJson.Default.SubscriptionListResponse);
        });

    [Function("GetSubscription")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = SubscriptionRoutes.Subscription)] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () => Shown(Guid.TryParse(id, out var subscriptionId) ? await store.FindAsync(subscriptionId, cancellationToken) : null));

    [Function("ReplaceSubscription")]
    public Task<IResult> ReplaceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = SubscriptionRoutes.Subscription)] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            return Shown(Guid.TryParse(id, out var subscriptionId) ? await subscriptions.ReplaceAsync(subscriptionId, asked, cancellationToken) : null);
        });

    [Function("DeleteSubscription")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = SubscriptionRoutes.Subscription)] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var subscriptionId) && await subscriptions.DeleteAsync(subscriptionId, cancellationToken)
                ? TypedResults.NoContent()
                : ProblemCatalog.SubscriptionNotFound().ToResult());

    private static IResult Shown(Subscription? subscription) =>
        subscription is null ? ProblemCatalog.SubscriptionNotFound().ToResult() : TypedResults.Json(SubscriptionResponse.Of(subscription), ApiJson.Default.SubscriptionResponse);

    private async Task<(SubscriptionRequest? Subscription, Problem? Problem)> ReadAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync(request, MaxRequestBytes, JsonOptions, errors, cancellationToken);
        if (problem is not null)
            return (null, problem);

        using (body)
        {
            var subscription = reader.Read(body!.RootElement, errors);
            return subscription is null ? (null, ProblemCatalog.InvalidRequest(errors)) : (subscription, null);
        }
    }
}

using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Shows what became of notifications, and delivers them again.</summary>
public sealed class DeliveriesHttp(IDeliveryStore deliveries, DeliverySending sending, HttpAnswers answers)
{
    [Function("ListDeliveries")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = DeliveryRoutes.Deliveries)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            var errors = new FieldErrors();
            var query = ReadQuery(request.Query, errors);
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            var page = await deliveries.ListAsync(query, cancellationToken);
            var response = new DeliveryListResponse([.. page.Deliveries.Select(DeliveryResponse.Of)], UnreadableResponse.Of(page.Deliveries), PageQuery.Encode(page.ContinuationToken));
            return TypedResults.Json(response, ApiJson.Default.DeliveryListResponse);
        });

    [Function("GetDelivery")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = DeliveryRoutes.Deliveries + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var deliveryId) && await deliveries.FindAsync(deliveryId, cancellationToken) is { } delivery
                ? TypedResults.Json(DeliveryResponse.Of(delivery), ApiJson.Default.DeliveryResponse)
                : ProblemCatalog.DeliveryNotFound().ToResult());

    [Function("ReplayDelivery")]
    public Task<IResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = DeliveryRoutes.Deliveries + "/{id}/replay")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var deliveryId) && await sending.ReplayAsync(deliveryId, cancellationToken) is { } delivery
                ? TypedResults.Json(DeliveryResponse.Of(delivery), ApiJson.Default.DeliveryResponse, statusCode: StatusCodes.Status202Accepted)
                : ProblemCatalog.DeliveryNotFound().ToResult());

    private static DeliveryQuery ReadQuery(IQueryCollection query, FieldErrors errors)
    {
        var eventName = PageQuery.Text(query, "event");
        var wanted = NotificationEvents.Find(eventName);
        if (eventName is not null && wanted is null)
            errors.Add("event", $"Must be one of {string.Join(", ", Enum.GetValues<NotificationEvent>().Select(item => item.Name()))}.");

        DeliveryState? state = null;
        if (PageQuery.Text(query, "state") is { } stateName)
        {
            state = Enum.GetValues<DeliveryState>().Cast<DeliveryState?>().FirstOrDefault(item => string.Equals(item.ToString(), stateName, StringComparison.OrdinalIgnoreCase));
            if (state is null)
                errors.Add("state", "Must be one of pending, delivered, failed.");
        }

        return new DeliveryQuery
        {
            Event = wanted,
            State = state,
            ExportId = ReadId(query, "exportId", "an export's", errors),
            WebhookId = ReadId(query, "webhookId", "a webhook's", errors),
            PageSize = PageQuery.ReadSize(query, errors),
            ContinuationToken = PageQuery.ReadToken(query, errors),
        };
    }

    private static Guid? ReadId(IQueryCollection query, string name, string whose, FieldErrors errors)
    {
        if (PageQuery.Text(query, name) is not { } text)
            return null;
        if (Guid.TryParse(text, out var id))
            return id;

        errors.Add(name, $"Must be {whose} id, such as 019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21.");
        return null;
    }
}

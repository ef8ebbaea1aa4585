using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Shows the outcome of notifications, and redelivers them.</summary>
public sealed class DeliveriesHttp(IDeliveryStore deliveries, DeliverySending sending, HttpAnswers answers)
{
    private static readonly string[] Events = [.. Enum.GetValues<NotificationEvent>().Select(NotificationEvents.Name)];
    private static readonly string[] States = [.. Enum.GetNames<DeliveryState>().Select(name => name.ToLowerInvariant())];

    [Function("ListDeliveries")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = DeliveryRoutes.Deliveries)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.DeliveryList, async errors =>
        {
            var query = ReadQuery(request.Query, errors);
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            var page = await deliveries.ListAsync(query, cancellationToken);
            var response = RecordListResponse<DeliveryResponse>.Of(page.Deliveries, DeliveryResponse.Of, page.ContinuationToken);
            return TypedResults.Json(response, NotificationsApiJson.Default.DeliveryList);
        });

    [Function("GetDelivery")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = DeliveryRoutes.Deliveries + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var deliveryId) && await deliveries.FindAsync(deliveryId, cancellationToken) is { } delivery
                ? TypedResults.Json(DeliveryResponse.Of(delivery), NotificationsApiJson.Default.DeliveryResponse)
                : ProblemCatalog.DeliveryNotFound().ToResult());

    [Function("ReplayDelivery")]
    public Task<IResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = DeliveryRoutes.Deliveries + "/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var deliveryId) && await sending.ReplayAsync(deliveryId, cancellationToken) is { } delivery
                ? TypedResults.Json(
                    DeliveryResponse.Of(delivery), NotificationsApiJson.Default.DeliveryResponse, statusCode: StatusCodes.Status202Accepted)
                : ProblemCatalog.DeliveryNotFound().ToResult());

    private static DeliveryQuery ReadQuery(IQueryCollection query, FieldErrors errors)
    {
        return new DeliveryQuery
        {
            Event = NotificationEvents.Find(PageQuery.Choose(query, "event", Events, errors)),
            State =
                PageQuery.Choose(query, "state", States, errors) is { } state ? Enum.Parse<DeliveryState>(state, ignoreCase: true) : null,
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

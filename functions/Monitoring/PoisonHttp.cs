using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Poison;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Shows the poison messages that could not be processed at all; the operator resends or drops them.</summary>
public sealed class PoisonHttp(PoisonMessages messages, PoisonStore store, HttpAnswers answers)
{
    [Function("ListPoison")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Poison)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.List, async errors =>
        {
            var (size, token) = (PageQuery.ReadSize(request.Query, errors), PageQuery.ReadToken(request.Query, errors));
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            var page = await store.ListAsync(size, token, cancellationToken);
            return TypedResults.Json(
                new ListResponse<PoisonMessage>(page.Messages, PageQuery.Encode(page.ContinuationToken)),
                MonitoringApiJson.Default.PoisonList);
        });

    [Function("GetPoison")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Poison + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var messageId) && await store.FindAsync(messageId, cancellationToken) is { } message
            ? TypedResults.Json(message, MonitoringApiJson.Default.PoisonMessage)
            : ProblemCatalog.PoisonNotFound().ToResult());

    [Function("ReplayPoison")]
    public Task<IResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = MonitoringRoutes.Poison + "/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () => !Guid.TryParse(id, out var messageId)
            ? ProblemCatalog.PoisonNotFound().ToResult()
            : await messages.ReplayAsync(messageId, cancellationToken) switch
            {
                ReplayOutcome.Sent => TypedResults.NoContent(),
                ReplayOutcome.Unreadable => ProblemCatalog.PoisonUnreadable().ToResult(),
                _ => ProblemCatalog.PoisonNotFound().ToResult(),
            });

    [Function("DropPoison")]
    public Task<IResult> DropAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = MonitoringRoutes.Poison + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () => Guid.TryParse(id, out var messageId) && await store.RemoveAsync(messageId, cancellationToken)
            ? TypedResults.NoContent()
            : ProblemCatalog.PoisonNotFound().ToResult());
}

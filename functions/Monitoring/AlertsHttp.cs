using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Shows alerts, and lets people acknowledge them.</summary>
public sealed class AlertsHttp(AlertStore alerts, TimeProvider time, HttpAnswers answers)
{
    [Function("ListAlerts")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.Alerts)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.AlertList, async errors =>
        {
            var acknowledged = PageQuery.ReadFlag(request.Query, "acknowledged", errors);
            var (size, token) = (PageQuery.ReadSize(request.Query, errors), PageQuery.ReadToken(request.Query, errors));
            if (!errors.IsEmpty)
                return ProblemCatalog.InvalidRequest(errors).ToResult();

            var page = await alerts.ListAsync(acknowledged, size, token, cancellationToken);
            var response = RecordListResponse<Alert>.Of(page.Alerts, static alert => alert, page.ContinuationToken);
            return TypedResults.Json(response, MonitoringApiJson.Default.AlertList);
        });

    [Function("AcknowledgeAlert")]
    public Task<IResult> AcknowledgeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = MonitoringRoutes.Alerts + "/{id}/acknowledge")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var alertId) && await alerts.AcknowledgeAsync(alertId, time.GetUtcNow(), cancellationToken) is { } alert
                ? TypedResults.Json(alert, MonitoringApiJson.Default.Alert)
                : ProblemCatalog.AlertNotFound().ToResult());
}

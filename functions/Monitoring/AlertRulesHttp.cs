using System.Text.Json;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Makes, shows, changes and removes alert rules.</summary>
public sealed class AlertRulesHttp(AlertRules rules, IAlertStore store, AlertRuleReader reader, HttpAnswers answers)
{
    private const int MaxRequestBytes = 16 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 8 };

    [Function("CreateAlertRule")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = MonitoringRoutes.AlertRules)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            var rule = await rules.CreateAsync(asked, cancellationToken);
            request.HttpContext.Response.Headers.Location = $"/{MonitoringRoutes.AlertRules}/{rule.Id}";
            return TypedResults.Json(rule, ApiJson.Default.AlertRule, statusCode: StatusCodes.Status201Created);
        });

    [Function("ListAlertRules")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.AlertRules)] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            var all = await store.ListRulesAsync(cancellationToken);
            return TypedResults.Json(new AlertRuleListResponse(all, UnreadableResponse.Of(all)), ApiJson.Default.AlertRuleListResponse);
        });

    [Function("GetAlertRule")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.AlertRules + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () => Shown(Guid.TryParse(id, out var ruleId) ? await store.FindRuleAsync(ruleId, cancellationToken) : null));

    [Function("ReplaceAlertRule")]
    public Task<IResult> ReplaceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = MonitoringRoutes.AlertRules + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            return Shown(Guid.TryParse(id, out var ruleId) ? await rules.ReplaceAsync(ruleId, asked, cancellationToken) : null);
        });

    [Function("DeleteAlertRule")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = MonitoringRoutes.AlertRules + "/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
            Guid.TryParse(id, out var ruleId) && await rules.DeleteAsync(ruleId, cancellationToken) ? TypedResults.NoContent() : ProblemCatalog.AlertRuleNotFound().ToResult());

    private static IResult Shown(AlertRule? rule) => rule is null ? ProblemCatalog.AlertRuleNotFound().ToResult() : TypedResults.Json(rule, ApiJson.Default.AlertRule);

    private async Task<(AlertRuleRequest? Rule, Problem? Problem)> ReadAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync(request, MaxRequestBytes, JsonOptions, errors, cancellationToken);
        if (problem is not null)
            return (null, problem);

        using (body)
        {
            var rule = reader.Read(body!.RootElement, errors);
            return rule is null ? (null, ProblemCatalog.InvalidRequest(errors)) : (rule, null);
        }
    }
}

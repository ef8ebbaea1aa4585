using System.Text.Json;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Creates, shows, changes and removes alert rules.</summary>
public sealed class AlertRulesHttp(AlertRules rules, AlertStore store, AlertRuleReader reader, HttpAnswers answers)
{
    private const int MaxRequestBytes = 16 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 8 };

    [Function("CreateAlertRule")]
    public Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = MonitoringRoutes.AlertRules)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            if (await rules.CreateAsync(asked, cancellationToken) is not { } rule)
                return ProblemCatalog.TooManyAlertRules(AlertRules.MaxRules).ToResult();

            request.HttpContext.Response.Headers.Location = $"/{MonitoringRoutes.AlertRules}/{rule.Id}";
            return RecordAnswers.Answer(request, rule.ETag, rule, MonitoringApiJson.Default.AlertRule, StatusCodes.Status201Created);
        });

    [Function("ListAlertRules")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.AlertRules)] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            var all = await store.ListRulesAsync(cancellationToken);
            return TypedResults.Json(RecordListResponse<AlertRule>.Of(all, static rule => rule), MonitoringApiJson.Default.AlertRuleList);
        });

    [Function("GetAlertRule")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = MonitoringRoutes.AlertRules + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () => await FindAsync(id, cancellationToken) is { } rule
            ? RecordAnswers.Show(request, rule.ETag, rule, MonitoringApiJson.Default.AlertRule)
            : ProblemCatalog.AlertRuleNotFound().ToResult());

    [Function("ReplaceAlertRule")]
    public Task<IResult> ReplaceAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = MonitoringRoutes.AlertRules + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, QueryNames.None, async errors =>
        {
            var (asked, problem) = await ReadAsync(request, errors, cancellationToken);
            if (asked is null)
                return problem!.ToResult();

            if (await FindAsync(id, cancellationToken) is not { } rule)
                return ProblemCatalog.AlertRuleNotFound().ToResult();
            if (Preconditions.OfReplacement(request, rule.ETag) is { } refusal)
                return refusal.ToResult();

            return await rules.ReplaceAsync(rule, asked, cancellationToken) is { } replaced
                ? RecordAnswers.Answer(request, replaced.ETag, replaced, MonitoringApiJson.Default.AlertRule)
                : ProblemCatalog.PreconditionFailed().ToResult();
        });

    [Function("DeleteAlertRule")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = MonitoringRoutes.AlertRules + "/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, async () =>
        {
            try
            {
                return await RemoveAsync(request, id, cancellationToken);
            }
            catch (UnreadableRecordException) when (Guid.TryParse(id, out var ruleId))
            {
                await store.DeleteUnreadableRuleAsync(ruleId, cancellationToken);
                return TypedResults.NoContent();
            }
        });

    private async Task<IResult> RemoveAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        // Retried when another change came first: the tag decides whether this one still applies.
        while (await FindAsync(id, cancellationToken) is { } rule)
        {
            if (Preconditions.OfRemoval(request, rule.ETag) is { } refusal)
                return refusal.ToResult();
            if (await rules.DeleteAsync(rule, cancellationToken))
                return TypedResults.NoContent();
        }

        return ProblemCatalog.AlertRuleNotFound().ToResult();
    }

    private async Task<AlertRule?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var ruleId) ? await store.FindRuleAsync(ruleId, cancellationToken) : null;

    private Task<(AlertRuleRequest? Asked, Problem? Problem)> ReadAsync(
        HttpRequest request, FieldErrors errors, CancellationToken cancellationToken) =>
        RequestBody.ReadAsync(request, MaxRequestBytes, JsonOptions, errors, body => reader.Read(body, errors), cancellationToken);
}

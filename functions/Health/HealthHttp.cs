using ExportFunctions.Functions.Http;
using ExportFunctions.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Health;

/// <summary>
/// Reports whether storage and sources can be reached: to everyone whether all is well, to callers with the key what is not.
/// </summary>
public sealed class HealthHttp(HealthChecks checks, HttpAnswers answers)
{
    [Function("GetHealth")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/health")] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => CheckAsync(cancellationToken));

    [Function("GetHealthDetails")]
    public Task<IResult> GetDetailsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/v1/health/details")] HttpRequest request,
        CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => DescribeAsync(cancellationToken));

    private async Task<IResult> CheckAsync(CancellationToken cancellationToken)
    {
        var results = await checks.RunAsync(cancellationToken);
        return TypedResults.Json(new HealthResponse(StatusOf(results)), HealthApiJson.Default.HealthResponse, statusCode: CodeOf(results));
    }

    private async Task<IResult> DescribeAsync(CancellationToken cancellationToken)
    {
        var results = await checks.RunAsync(cancellationToken);
        var response = new HealthDetailsResponse(StatusOf(results), [.. results.Select(HealthCheckResponse.Of)], checks.Warnings);
        return TypedResults.Json(response, HealthApiJson.Default.HealthDetailsResponse, statusCode: CodeOf(results));
    }

    private static bool IsHealthy(IReadOnlyList<HealthResult> results) => results.All(result => result.Reason is null);

    private static string StatusOf(IReadOnlyList<HealthResult> results) => IsHealthy(results) ? "healthy" : "unhealthy";

    private static int CodeOf(IReadOnlyList<HealthResult> results) =>
        IsHealthy(results) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}

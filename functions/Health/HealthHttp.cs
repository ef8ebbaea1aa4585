using ExportFunctions.Functions.Http;
using ExportFunctions.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Health;

/// <summary>Says whether storage and sources can be reached.</summary>
public sealed class HealthHttp(HealthChecks checks, HttpAnswers answers)
{
    [Function("GetHealth")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/health")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.RunAsync(request, () => CheckAsync(cancellationToken));

    private async Task<IResult> CheckAsync(CancellationToken cancellationToken)
    {
        var results = await checks.RunAsync(cancellationToken);
        var isHealthy = results.All(result => result.Reason is null);
        var response = new HealthResponse(
            isHealthy ? "healthy" : "unhealthy", [.. results.Select(HealthCheckResponse.Of)], checks.Warnings);
        return TypedResults.Json(
            response, ApiJson.Default.HealthResponse, statusCode: isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

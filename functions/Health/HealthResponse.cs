using ExportFunctions.Health;

namespace ExportFunctions.Functions.Health;

/// <summary>The app's health, for everyone.</summary>
internal sealed record HealthResponse(string Status);

/// <summary>The app's health part by part, for callers with the key.</summary>
internal sealed record HealthDetailsResponse(string Status, IReadOnlyList<HealthCheckResponse> Checks, IReadOnlyList<string> Warnings);

/// <summary>The health of one part.</summary>
internal sealed record HealthCheckResponse(string Name, string Status, string? Reason)
{
    public static HealthCheckResponse Of(HealthResult result) =>
        new(result.Name, result.Reason is null ? "healthy" : "unhealthy", result.Reason);
}

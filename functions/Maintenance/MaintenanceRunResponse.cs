using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Runs;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>A cleanup run.</summary>
internal sealed record MaintenanceRunResponse(
    Guid Id,
    string Status,
    bool ByHand,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime UpdatedAt,
    DateTime? FinishedAt,
    CleanupCounts Counts,
    string? Problem)
{
    public static MaintenanceRunResponse Of(MaintenanceRun run) => new(
        run.Id,
        run.Status.ToString().ToLowerInvariant(),
        run.ByHand,
        run.CreatedAt.UtcDateTime,
        run.StartedAt?.UtcDateTime,
        run.UpdatedAt.UtcDateTime,
        run.FinishedAt?.UtcDateTime,
        run.Counts,
        run.Problem);
}

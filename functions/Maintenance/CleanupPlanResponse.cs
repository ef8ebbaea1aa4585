using System.Text.Json;
using ExportFunctions.Maintenance.Cleanup;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>What a cleanup would do.</summary>
internal sealed record CleanupPlanResponse(
    CleanupCounts Counts, IReadOnlyList<PlannedDay> Days, IReadOnlyList<PlannedFileResponse> Files, bool IsCutOff)
{
    public static CleanupPlanResponse Of(CleanupPlan plan) => new(
        plan.Counts,
        plan.Days,
        [.. plan.Files.Select(file => new PlannedFileResponse(
            file.ExportId, file.Name, file.Bytes, JsonNamingPolicy.CamelCase.ConvertName(file.Action.ToString())))],
        plan.IsCutOff);
}

/// <summary>What a cleanup would do with a file.</summary>
internal sealed record PlannedFileResponse(Guid ExportId, string Name, long Bytes, string Action);

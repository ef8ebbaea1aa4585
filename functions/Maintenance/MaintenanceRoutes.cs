namespace ExportFunctions.Functions.Maintenance;

/// <summary>The paths of maintenance, without a leading slash.</summary>
internal static class MaintenanceRoutes
{
    public const string Cleanup = "api/v1/maintenance/cleanup";

    public const string Runs = "api/v1/maintenance/runs";
}

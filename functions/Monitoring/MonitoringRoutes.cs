namespace ExportFunctions.Functions.Monitoring;

/// <summary>The paths of monitoring, without a leading slash.</summary>
internal static class MonitoringRoutes
{
    public const string Metrics = "api/v1/metrics";
    public const string Performance = "api/v1/performance";
    public const string Alerts = "api/v1/alerts";
    public const string Poison = "api/v1/poison";
    public const string AlertRules = "api/v1/alerts/rules";

    /// <summary>The paths of the system this one replaces.</summary>
    public const string ImportExportMetrics = "api/v1/import-export/metrics";
    public const string ImportExportPerformance = "api/v1/import-export/performance";
}

using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>The monitoring responses under the names of the earlier system.</summary>
internal static class EarlierMonitoringJson
{
    /// <summary>The names that differ.</summary>
    public static EarlierNames Names { get; } = new(
        MonitoringApiJson.Default,
        [
            new(typeof(RecordListResponse<AttemptRecord>), "items", "records"),
            new(typeof(SlowestResponse), "items", "exports"),
            new(typeof(SlowestResponse), "continuationToken", null),
            new(typeof(AttemptRecord), "exportId", "jobId"),
            new(typeof(SlowExport), "exportId", "jobId"),
        ]);
}

using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Schedules;

/// <summary>The schedule responses under the names of the earlier system.</summary>
internal static class EarlierSchedulesJson
{
    /// <summary>The names that differ.</summary>
    public static EarlierNames Names { get; } = new(
        SchedulesApiJson.Default,
        [
            new(typeof(RecordListResponse<ScheduleSummaryResponse>), "items", "schedules"),
            new(typeof(RecordListResponse<ScheduleRunResponse>), "items", "runs"),
            new(typeof(ListResponse<OccurrenceResponse>), "items", "occurrences"),
            new(typeof(ListResponse<OccurrenceResponse>), "continuationToken", null),
            new(typeof(ScheduleRunResponse), "exportId", "jobId"),
            new(typeof(StartedRunResponse), "exportId", "id"),
        ]);
}

using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Source-generated JSON for the API's schedule responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduleResponse))]
[JsonSerializable(typeof(RecordListResponse<ScheduleSummaryResponse>), TypeInfoPropertyName = "ScheduleList")]
[JsonSerializable(typeof(SchedulePreviewResponse))]
[JsonSerializable(typeof(ListResponse<OccurrenceResponse>), TypeInfoPropertyName = "OccurrenceList")]
[JsonSerializable(typeof(RecordListResponse<ScheduleRunResponse>), TypeInfoPropertyName = "ScheduleRunList")]
[JsonSerializable(typeof(StartedRunResponse))]
internal sealed partial class SchedulesApiJson : JsonSerializerContext;

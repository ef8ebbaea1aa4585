using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Exports;
using ExportFunctions.Functions.Monitoring;
using ExportFunctions.Functions.Schedules;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Functions.Http;

/// <summary>Answers under the names that clients of the earlier system know, on the paths that are theirs.</summary>
internal static class ImportExportJson
{
    // Null leaves a property out: they know nothing of it.
    private static readonly (Type Answer, string Name, string? Earlier)[] Names =
    [
        (typeof(RecordListResponse<ExportResponse>), "items", "exports"),
        (typeof(RecordListResponse<ScheduleSummaryResponse>), "items", "schedules"),
        (typeof(RecordListResponse<ScheduleRunResponse>), "items", "runs"),
        (typeof(RecordListResponse<AttemptRecord>), "items", "records"),
        (typeof(ListResponse<OccurrenceResponse>), "items", "occurrences"),
        (typeof(ListResponse<OccurrenceResponse>), "continuationToken", null),
        (typeof(SlowestResponse), "items", "exports"),
        (typeof(SlowestResponse), "continuationToken", null),
        (typeof(ScheduleRunResponse), "exportId", "jobId"),
        (typeof(AttemptRecord), "exportId", "jobId"),
        (typeof(SlowExport), "exportId", "jobId"),
        (typeof(StartedRunResponse), "exportId", "id"),
    ];

    /// <summary>How answers are written on the earlier system's paths.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(ApiJson.Default.Options) { TypeInfoResolver = ApiJson.Default.WithAddedModifier(Rename) };

    /// <summary>How an answer is written for callers who use these names.</summary>
    /// <param name="names">The names.</param>
    /// <param name="type">How it is written under the standard names.</param>
    public static JsonTypeInfo<T> Json<T>(this RequestNames names, JsonTypeInfo<T> type) =>
        ReferenceEquals(names, RequestNames.ImportExport) ? (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)) : type;

    private static void Rename(JsonTypeInfo type)
    {
        foreach (var (_, name, earlier) in Names.Where(entry => entry.Answer == type.Type))
        {
            var property = type.Properties.Single(property => property.Name == name);
            if (earlier is null)
                property.ShouldSerialize = static (_, _) => false;
            else
                property.Name = earlier;
        }
    }
}

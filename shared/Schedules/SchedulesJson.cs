using System.Text.Json.Serialization;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Schedules;

/// <summary>Source-generated JSON for what schedules store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy =
        JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScheduleTiming))]
[JsonSerializable(typeof(DatasetIdentity))]
[JsonSerializable(typeof(IReadOnlyList<ScheduleRun>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class SchedulesJson : JsonSerializerContext;

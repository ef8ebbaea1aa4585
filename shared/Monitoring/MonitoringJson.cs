using System.Text.Json.Serialization;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Monitoring.Summaries;

namespace ExportFunctions.Monitoring;

/// <summary>Source-generated JSON of what monitoring keeps.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttemptRecord))]
[JsonSerializable(typeof(StoredSummary))]
internal sealed partial class MonitoringJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using ExportFunctions.Exports.Attempts;

namespace ExportFunctions.Monitoring;

/// <summary>Source-generated JSON of what monitoring keeps.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttemptRecord))]
internal sealed partial class MonitoringJson : JsonSerializerContext;

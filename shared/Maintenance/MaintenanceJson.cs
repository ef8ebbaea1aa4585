using System.Text.Json.Serialization;
using ExportFunctions.Maintenance.Runs;

namespace ExportFunctions.Maintenance;

/// <summary>Source-generated JSON of the contents of runs and messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MaintenanceMessage))]
[JsonSerializable(typeof(MaintenanceRun))]
internal sealed partial class MaintenanceJson : JsonSerializerContext;

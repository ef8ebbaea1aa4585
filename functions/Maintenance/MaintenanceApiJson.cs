using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Maintenance;

/// <summary>Source-generated JSON for the API's maintenance responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CleanupPlanResponse))]
[JsonSerializable(typeof(MaintenanceRunResponse))]
[JsonSerializable(typeof(RecordListResponse<MaintenanceRunResponse>), TypeInfoPropertyName = "MaintenanceRunList")]
internal sealed partial class MaintenanceApiJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace ExportFunctions.Functions.Health;

/// <summary>Source-generated JSON for the API's health responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HealthDetailsResponse))]
internal sealed partial class HealthApiJson : JsonSerializerContext;

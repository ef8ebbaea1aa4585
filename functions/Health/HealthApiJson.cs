using System.Text.Json.Serialization;

namespace ExportFunctions.Functions.Health;

/// <summary>Source-generated JSON of the API's answers about health: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HealthDetailsResponse))]
internal sealed partial class HealthApiJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using ExportFunctions.Problems;

namespace ExportFunctions.Functions.Http;

/// <summary>Source-generated JSON for the API's problem responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(UnreadableResponse))]
internal sealed partial class ProblemJson : JsonSerializerContext;

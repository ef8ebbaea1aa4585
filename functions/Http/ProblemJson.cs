using System.Text.Json.Serialization;
using ExportFunctions.Problems;

namespace ExportFunctions.Functions.Http;

/// <summary>Source-generated JSON of the API's problems: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(UnreadableResponse))]
internal sealed partial class ProblemJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Source-generated JSON for the API's export responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportResponse))]
[JsonSerializable(typeof(RecordListResponse<ExportResponse>), TypeInfoPropertyName = "ExportList")]
internal sealed partial class ExportsApiJson : JsonSerializerContext;

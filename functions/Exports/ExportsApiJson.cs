using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Source-generated JSON of the API's answers about exports: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportResponse))]
[JsonSerializable(typeof(RecordListResponse<ExportResponse>), TypeInfoPropertyName = "ExportList")]
internal sealed partial class ExportsApiJson : JsonSerializerContext;

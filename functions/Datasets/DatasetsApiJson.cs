using System.Text.Json.Serialization;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Datasets;

/// <summary>Source-generated JSON for the API's dataset responses: camelCase, times in ISO 8601 UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DatasetResponse))]
[JsonSerializable(typeof(ListResponse<DatasetResponse>), TypeInfoPropertyName = "DatasetList")]
internal sealed partial class DatasetsApiJson : JsonSerializerContext;

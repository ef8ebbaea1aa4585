using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Local.CommandLine;

/// <summary>RFC 9457 problem details with field errors.</summary>
internal sealed record Problem(string? Type, string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors);

/// <summary>Source-generated JSON of the API's responses.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ExportJobView))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;

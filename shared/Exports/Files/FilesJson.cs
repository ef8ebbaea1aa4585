using System.Text.Json.Serialization;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>The JSON stored with export files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(IReadOnlyCollection<ExportWarning>))]
internal sealed partial class FilesJson : JsonSerializerContext;

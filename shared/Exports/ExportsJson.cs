using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports;

/// <summary>Source-generated JSON of what jobs and messages keep.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportMessage))]
[JsonSerializable(typeof(Slice))]
[JsonSerializable(typeof(SliceMessage))]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(ExportFile))]
[JsonSerializable(typeof(DatasetIdentity))]
[JsonSerializable(typeof(ExportWait))]
[JsonSerializable(typeof(ArchivedFile))]
[JsonSerializable(typeof(RestoreRequest))]
[JsonSerializable(typeof(ExportFailure))]
[JsonSerializable(typeof(IReadOnlyCollection<ExportWarning>))]
[JsonSerializable(typeof(IReadOnlyList<UnrecordedAttempt>))]
internal sealed partial class ExportsJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using ExportFunctions.Datasets.Identity;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Jobs;

/// <summary>The JSON stored in job records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportFile))]
[JsonSerializable(typeof(DatasetIdentity))]
[JsonSerializable(typeof(ExportWait))]
[JsonSerializable(typeof(ArchivedFile))]
[JsonSerializable(typeof(RestoreRequest))]
[JsonSerializable(typeof(ExportFailure))]
[JsonSerializable(typeof(IReadOnlyCollection<ExportWarning>))]
[JsonSerializable(typeof(IReadOnlyList<UnrecordedAttempt>))]
internal sealed partial class JobsJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace ExportFunctions.Exports.Queue;

/// <summary>The JSON of messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportMessage))]
internal sealed partial class QueueJson : JsonSerializerContext;

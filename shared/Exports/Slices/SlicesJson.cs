using System.Text.Json.Serialization;

namespace ExportFunctions.Exports.Slices;

/// <summary>The JSON of slices and their messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Slice))]
[JsonSerializable(typeof(SliceMessage))]
internal sealed partial class SlicesJson : JsonSerializerContext;

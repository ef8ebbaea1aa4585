using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ExportFunctions.Datasets.Identity;

/// <summary>
/// A dataset's definition as canonical text: JSON of all it says, its properties in the order of their names and those at their default
/// left out, so that neither the file's layout nor a later version's new settings change it.
/// </summary>
internal static class DefinitionText
{
    /// <summary>The canonical text. The source's name is not in it: where the data lies is told apart by the source itself.</summary>
    public static string Of(Dataset dataset)
    {
        var definition = JsonSerializer.SerializeToNode(dataset with { Source = "" }, DefinitionJson.Default.Dataset);
        return Sorted(definition)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties
            .OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, Sorted(property.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

/// <summary>Source-generated JSON of definitions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Dataset))]
internal sealed partial class DefinitionJson : JsonSerializerContext;

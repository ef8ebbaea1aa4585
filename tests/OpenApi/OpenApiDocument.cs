using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Functions.OpenApi;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>The document, read for comparison with the code.</summary>
internal static class OpenApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    // A name that is given twice in one object throws here instead of hiding a part of the document.
    public static JsonObject Root { get; } =
        JsonNode.Parse(
            OpenApiResources.Document(), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();

    public static IEnumerable<OpenApiOperation> Operations =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select new OpenApiOperation(path.Key, operation.Key, path.Value!.AsObject(), operation.Value!.AsObject());

    public static JsonObject Schema(string name) => Component("schemas", name);

    public static JsonObject Component(string kind, string name) => Root["components"]![kind]![name]!.AsObject();

    public static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(item => item!.GetValue<string>()) ?? [];

    /// <summary>What a reference leads to; the node itself when it is none; null when it leads nowhere.</summary>
    public static JsonNode? Resolve(JsonNode node)
    {
        if (node is not JsonObject { } item || item["$ref"] is not { } reference)
            return node;

        JsonNode? target = Root;
        foreach (var part in reference.GetValue<string>().Split('/').Skip(1))
            target = target?[part];

        return target;
    }

    /// <summary>The node and everything in it.</summary>
    public static IEnumerable<JsonNode> Everything(JsonNode node)
    {
        var parts = node switch
        {
            JsonObject item => item.Select(pair => pair.Value),
            JsonArray list => list,
            _ => [],
        };
        return parts.OfType<JsonNode>().SelectMany(Everything).Prepend(node);
    }
}

/// <summary>One operation of the document.</summary>
internal sealed record OpenApiOperation(string Path, string Method, JsonObject PathItem, JsonObject Operation)
{
    public string Id => Operation["operationId"]!.GetValue<string>();

    public IEnumerable<JsonObject> Parameters =>
        from list in new[] { PathItem["parameters"], Operation["parameters"] }
        where list is not null
        from parameter in list.AsArray()
        select OpenApiDocument.Resolve(parameter!)!.AsObject();

    public IEnumerable<string> ParametersIn(string place) =>
        Parameters.Where(
            parameter => parameter["in"]!.GetValue<string>() == place).Select(parameter => parameter["name"]!.GetValue<string>());
}

using System.Text.Json.Nodes;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>The rules that every operation keeps, those to come as well: docs/api.md has them in words.</summary>
public sealed class ApiRulesTests
{
    private const string EarlierPaths = "/api/v1/import-export/";
    private const string Exports = "/api/v1/exports";

    private static readonly OpenApiOperation[] Operations = [.. OpenApiDocument.Operations];

    [Fact]
    public void Put_NeedsTheTagOfWhatItReplaces()
    {
        var replacing = Operations.Where(operation => operation.Method == "put").ToList();

        Assert.True(replacing.Count >= 5);
        Assert.All(replacing, operation =>
        {
            Assert.Contains(
                operation.Parameters,
                parameter => Text(parameter["name"]) == "If-Match" && parameter["required"]?.GetValue<bool>() == true);
            Assert.NotNull(operation.Operation["responses"]!["412"]);
            Assert.NotNull(operation.Operation["responses"]!["428"]);
        });
    }

    [Fact]
    public void RecordsThatAreReplaced_AreAnsweredWithTheirTag_WhereverTheyAreMadeShownOrReplaced()
    {
        foreach (var path in Operations.Where(operation => operation.Method == "put").Select(operation => operation.Path))
        {
            Assert.All(["get", "put"], method => Assert.NotNull(Header(Find(path, method), "200", "ETag")));
            Assert.NotNull(Header(Find(path[..^"/{id}".Length], "post"), "201", "ETag"));
            Assert.NotNull(Find(path, "get").Operation["responses"]!["304"]);
        }
    }

    [Fact]
    public void Delete_MayGiveTheTagOfWhatItDeletes()
    {
        // A poison message never changes, and has no tag.
        var deleting = Operations.Where(operation => operation.Method == "delete" && operation.Path != "/api/v1/poison/{id}").ToList();

        Assert.True(deleting.Count >= 7);
        Assert.All(deleting, operation =>
        {
            Assert.Contains(operation.Parameters, parameter => Text(parameter["name"]) == "If-Match" && parameter["required"] is null);
            Assert.NotNull(operation.Operation["responses"]!["412"]);
        });
    }

    [Fact]
    public void List_HasTheOneEnvelope()
    {
        var lists = Operations.Where(
            operation => IsList(operation) && !operation.Path.StartsWith(EarlierPaths, StringComparison.Ordinal)).ToList();

        Assert.True(lists.Count >= 12);
        Assert.All(lists, operation =>
        {
            var schema = SchemaOf(operation);
            var properties = schema["properties"]!.AsObject();
            var arrays = properties.Where(property => Text(property.Value!["type"]) == "array").Select(property => property.Key).ToList();
            Assert.Equal(["items"], arrays.Where(name => name is not "unreadable"));
            Assert.Contains("null", OpenApiDocument.Texts(properties["continuationToken"]!["type"]));
            Assert.Superset(
                new HashSet<string>(["items", "continuationToken"], StringComparer.Ordinal),
                OpenApiDocument.Texts(schema["required"]).ToHashSet(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void Export_IsCalledIdByItself_AndExportIdWhereAnythingElseSpeaksOfIt()
    {
        var earlier = Reached(Operations.Where(operation => operation.Path.StartsWith(EarlierPaths, StringComparison.Ordinal)));
        var standard = Reached(Operations.Where(operation => !operation.Path.StartsWith(EarlierPaths, StringComparison.Ordinal)));

        var names = standard.OfType<JsonObject>().Select(node => node["properties"]).OfType<JsonObject>().SelectMany(
            properties => properties)
            .Where(property => property.Value is JsonObject).ToList();
        Assert.DoesNotContain(
            names, property => property.Key.StartsWith("job", StringComparison.OrdinalIgnoreCase) && property.Key.EndsWith(
                "Id", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(names, property => property.Key == "exportId");
        Assert.All(names.Where(property => property.Key != "exportId"), property =>
            Assert.False(property.Value!["format"] is { } format && Text(format) == "uuid" && Words(
                property.Value).StartsWith("The export", StringComparison.Ordinal)
                && property.Key != "id", property.Key));
        Assert.Contains(earlier.OfType<JsonObject>(), node => node["properties"]?["jobId"] is not null);
    }

    [Fact]
    public void Record_IsNotWrapped()
    {
        // An answer with one object and little else is a wrapped record.
        var answers =
            from operation in Operations
            from response in operation.Operation["responses"]!.AsObject()
            where response.Key[0] == '2'
            let content = OpenApiDocument.Resolve(response.Value!)!["content"]?["application/json"]
            where content?["schema"] is not null
            select (operation.Id, Schema: OpenApiDocument.Resolve(content["schema"]!)!);

        Assert.All(answers, answer => Assert.False(
            answer.Schema["properties"] is JsonObject { Count: <= 2 } few && few.Any(
                property => property.Value!["$ref"] is not null), answer.Id));
    }

    [Fact]
    public void EarlierPathsOfExports_TakeWhatTheStandardOnesTake()
    {
        var standard = Operations.Where(operation => operation.Path.StartsWith(Exports, StringComparison.Ordinal))
            .Select(operation => $"{operation.Method} {operation.Path[Exports.Length..]}");
        const string Earlier = EarlierPaths + "exports";

        var earlier = Operations.Where(operation => operation.Path.StartsWith(Earlier, StringComparison.Ordinal))
            .Select(operation => $"{operation.Method} {operation.Path[Earlier.Length..]}");

        Assert.Equal(standard.Order(StringComparer.Ordinal), earlier.Order(StringComparer.Ordinal));
    }

    private static bool IsList(OpenApiOperation operation) => operation.Method == "get"
        && (operation.Id.StartsWith("List", StringComparison.Ordinal)
            || operation.ParametersIn("query").Any(name => name is "pageSize" or "count")
            || SchemaOf(operation)["properties"]?["items"] is not null);

    private static OpenApiOperation Find(string path, string method) =>
        Operations.Single(operation => operation.Path == path && operation.Method == method);

    private static JsonNode? Header(OpenApiOperation operation, string status, string name) =>
        OpenApiDocument.Resolve(operation.Operation["responses"]![status]!)!["headers"]?[name];

    private static JsonNode SchemaOf(OpenApiOperation operation) =>
        OpenApiDocument.Resolve(
            operation.Operation["responses"]!["200"] ?? new JsonObject())?["content"]?["application/json"]?["schema"] is { } schema
            ? OpenApiDocument.Resolve(schema)!
            : new JsonObject();

    /// <summary>Everything that operations refer to, with themselves.</summary>
    private static HashSet<JsonNode> Reached(IEnumerable<OpenApiOperation> operations)
    {
        var reached = new HashSet<JsonNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<JsonNode>(operations.Select(operation => operation.Operation));
        while (open.TryPop(out var next))
        {
            foreach (var node in OpenApiDocument.Everything(next).Where(reached.Add))
            {
                if (OpenApiDocument.Resolve(node) is { } target && !reached.Contains(target))
                    open.Push(target);
            }
        }

        return reached;
    }

    private static string Words(JsonNode property) => Text(property["description"]) ?? "";

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>What operations answer with, held against the schemas that System.Text.Json makes of the code's own types.</summary>
public sealed class OpenApiAnswerTests
{
    private static readonly JsonSchemaExporterOptions Exporting =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Require };

    private static readonly string[] Formats = ["uuid", "date-time"];

    /// <summary>Each operation's answers of 2xx in JSON, by their schema.</summary>
    public static TheoryData<string, string> Answers { get; } = new(
        from operation in OpenApiDocument.Operations
        where operation.Id is not "GetOpenApi"
        from response in operation.Operation["responses"]!.AsObject()
        where response.Key[0] == '2'
        let schema = OpenApiDocument.Resolve(response.Value!)!["content"]?["application/json"]?["schema"]
        where schema is not null
        from choice in schema["oneOf"] as JsonArray ?? [schema.DeepClone()]
        select ($"{operation.Id} {response.Key}", choice["$ref"]?.GetValue<string>().Split('/')[^1] ?? ""));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Schema_IsTheOneOfTheType(string answer, string schema)
    {
        var type = OpenApiSchemaTests.Answers.Concat(
            OpenApiSchemaTests.EarlierAnswers).SingleOrDefault(row => row.Data.Item1 == schema)?.Data.Item2;
        Assert.True(type is not null, $"{answer} has the schema '{schema}', for which no type is known.");
        var options = schema.StartsWith("ImportExport", StringComparison.Ordinal) ? ApiTypes.Earlier : ApiTypes.Standard;

        var exported = options.GetJsonSchemaAsNode(type, Exporting);

        Assert.Empty(Differences(exported, exported, OpenApiDocument.Schema(schema), "$"));
    }

    [Fact]
    public void Schema_IsComparedWithEveryPart()
    {
        var described = JsonNode.Parse(
            """
            {"type":"object","required":["id","more"],"properties":{"id":{"type":"string"},"at":{"type":"string","format":"date-time"},
             "list":{"type":"array","items":{"type":["integer","null"]}},"kind":{"enum":["a","c"]},"more":{"type":"string"}}}
            """)!;
        var exported = JsonNode.Parse(
            """
            {"type":"object","required":["id"],"properties":{"id":{"type":["string","null"]},"at":{"type":"string"},
             "list":{"type":"array","items":{"type":"integer"}},"kind":{"enum":["a","b"]},"other":{"type":"string"}}}
            """)!;

        Assert.Equal(
            [
                "$ has the properties id, at, list, kind, more, and the type id, at, list, kind, other",
                "$ requires id, more, and the type id",
                "$.id is string, and the type null, string",
                "$.at has the format 'date-time', and the type ''",
                "$.list[] is integer, null, and the type integer",
                "$.kind is one of a, c, and the type one of a, b",
            ],
            Differences(exported, exported, described, "$"));
    }

    private static IEnumerable<string> Differences(JsonNode root, JsonNode exported, JsonNode described, string path)
    {
        var type = Pointed(root, exported);
        // True: anything, as the caller sent it.
        if (type is not JsonObject expected || expected.Count == 0)
            yield break;

        var (schema, isNullable) = Described(described);
        var types = Types(schema).Append(isNullable ? "null" : "").Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal);
        if (Types(expected).Any() && Types(schema).Any() && Join(types) != Join(Types(expected).Order(StringComparer.Ordinal)))
            yield return $"{path} is {Join(types)}, and the type {Join(Types(expected).Order(StringComparer.Ordinal))}";

        if (expected["properties"] is JsonObject properties)
        {
            var known = schema["properties"] as JsonObject ?? [];
            if (!known.Select(property => property.Key).SequenceEqual(properties.Select(property => property.Key)))
                yield return $"{path} has the properties {Join(known.Select(property => property.Key))}, and the type"
                    + $" {Join(properties.Select(property => property.Key))}";
            var (required, written) =
                (OpenApiDocument.Texts(schema["required"]).ToList(), OpenApiDocument.Texts(expected["required"]).ToList());
            // A problem's optional parts are left out where there are none.
            if (!required.SequenceEqual(written))
                yield return $"{path} requires {Join(required)}, and the type {Join(written)}";
            foreach (var (name, property) in properties.Where(property => known.ContainsKey(property.Key)))
            {
                foreach (var difference in Differences(root, property!, known[name]!, $"{path}.{name}"))
                    yield return difference;
            }
        }

        var (format, expectedFormat) = (schema["format"]?.GetValue<string>() ?? "", expected["format"]?.GetValue<string>() ?? "");
        if (format != expectedFormat && (Formats.Contains(format) || Formats.Contains(expectedFormat)))
            yield return $"{path} has the format '{format}', and the type '{expectedFormat}'";
        // No rule watches the cleanup, whose alerts the app itself raises.
        var never = described["$ref"]?.ToString() == "#/components/schemas/AlertMetric" ? "cleanup" : null;
        if (expected["enum"] is JsonArray names && !Choices(schema["enum"]).SequenceEqual(Choices(names).Where(name => name != never)))
            yield return $"{path} is one of {Join(Choices(schema["enum"]))}, and the type one of {Join(Choices(names))}";

        foreach (var (part, mark) in new[] { ("items", "[]"), ("additionalProperties", ".*") })
        {
            if (expected[part] is JsonObject inner && schema[part] is JsonObject given)
            {
                foreach (var difference in Differences(root, inner, given, path + mark))
                    yield return difference;
            }
        }
    }

    /// <summary>
    /// What always is written is required; what is left out when it is null is never null; and what is never written isn't there.
    /// </summary>
    private static JsonNode Require(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject item || item["properties"] is not JsonObject properties)
            return schema;

        var written = new JsonArray();
        foreach (var property in context.TypeInfo.Properties.Where(property => properties.ContainsKey(property.Name)))
        {
            if (property.Get is null || (property.ShouldSerialize is not null && !IsLeftOutWhenNull(property)))
                properties.Remove(property.Name);
            else if (property.ShouldSerialize is null)
                written.Add(property.Name);

            if ((property.ShouldSerialize is not null || IsNeverNull(property))
                && properties[property.Name] is JsonObject rules && rules["type"] is JsonArray types)
            {
                rules["type"] = OpenApiDocument.Texts(types).Single(type => type != "null");
            }
        }

        item["required"] = written;
        return schema;
    }

    /// <summary>Of properties that are only read the exporter doesn't know.</summary>
    private static bool IsNeverNull(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo { SetMethod: null } declared
        && new NullabilityInfoContext().Create(declared).ReadState == NullabilityState.NotNull;

    private static bool IsLeftOutWhenNull(JsonPropertyInfo property) => property.AttributeProvider!
        .GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true).Cast<JsonIgnoreAttribute>()
        .Any(attribute => attribute.Condition == JsonIgnoreCondition.WhenWritingNull);

    private static JsonNode Pointed(JsonNode root, JsonNode node)
    {
        if (node is not JsonObject || node["$ref"]?.GetValue<string>() is not { } reference)
            return node;

        JsonNode? target = root;
        foreach (var part in reference.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            target = target is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : target?[part];

        return target!;
    }

    /// <summary>The schema behind references, and behind a choice between it and null.</summary>
    private static (JsonNode Schema, bool IsNullable) Described(JsonNode schema)
    {
        var resolved = OpenApiDocument.Resolve(schema)!;
        if (resolved["oneOf"] is not JsonArray choices)
            return (resolved, false);

        var others = choices.Where(choice => choice!["type"]?.ToString() != "null").ToList();
        return others.Count == 1 ? (Described(others[0]!).Schema, others.Count < choices.Count) : (resolved, others.Count < choices.Count);
    }

    private static IEnumerable<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray list => OpenApiDocument.Texts(list),
        JsonValue single => [single.GetValue<string>()],
        _ => [],
    };

    private static IEnumerable<string> Choices(JsonNode? list) =>
        (list as JsonArray ?? []).Where(name => name is not null).Select(name => name!.ToString()).Order(StringComparer.Ordinal);

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>The schemas of requests against what reads them, for every operation: by what the readers do, not by what they say.</summary>
public sealed partial class OpenApiRequestTests
{
    /// <summary>Fields that only one of the operations with a schema requires; the description says which.</summary>
    private static readonly HashSet<(string Schema, string Field)> RequiredOnce = [("WebhookRequest", "url")];

    /// <summary>What else a field needs: without it, the reader says that the field is of another frequency.</summary>
    private static readonly Dictionary<string, JsonObject> Beside = new(StringComparer.Ordinal)
    {
        ["minute"] = new() { ["frequency"] = "hourly" },
        ["weekday"] = new() { ["frequency"] = "weekly" },
        ["dayOfMonth"] = new() { ["frequency"] = "monthly" },
        ["last"] = new() { ["metric"] = "failureRate", ["threshold"] = 0.5 },
    };

    public static TheoryData<string> Operations { get; } =
        [.. OpenApiDocument.Operations.Where(
            operation => operation.Operation["requestBody"] is not null).Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Fields_AreThoseThatTheReaderKnows(string operation)
    {
        var (_, schema) = SchemaOf(operation);
        var described = schema["properties"]!.AsObject().Select(property => property.Key).ToList();

        foreach (var field in described)
            Assert.True(await IsKnownAsync(operation, field), $"{field} is described, and refused.");

        // What is unknown is told the names there are: each word of that which is one must be described.
        Assert.False(await IsKnownAsync(operation, "nothing"));
        var (_, errors) = await OpenApiRequests.ReadAsync(operation, """{"nothing":0}""");
        foreach (var word in Word().Matches(errors["nothing"].Single()).Select(match => match.Value).Distinct(StringComparer.Ordinal))
            Assert.True(described.Contains(word) || !await IsKnownAsync(operation, word), $"{word} is taken, and not described.");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task RequiredFields_AreThoseThatAnEmptyRequestLacks(string operation)
    {
        var (name, schema) = SchemaOf(operation);
        // Of fields with an earlier name one is enough; the reader asks for the first.
        var required = OpenApiDocument.Texts(schema["required"])
            .Concat(schema["anyOf"] is JsonArray choices ? OpenApiDocument.Texts(choices[0]!["required"]) : [])
            .Concat(RequiredOnce.Where(once => once.Schema == name).Select(once => once.Field));

        var (_, errors) = await OpenApiRequests.ReadAsync(operation, "{}");

        Assert.Equal(required.Order(StringComparer.Ordinal), errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Choices_AreTaken_AndNothingElse(string operation)
    {
        var (_, schema) = SchemaOf(operation);
        foreach (var (field, rules) in schema["properties"]!.AsObject())
        {
            var isList = Rules(rules!)["items"] is not null;
            var choices = Rules(isList ? Rules(rules!)["items"]! : rules!)["enum"] as JsonArray;
            if (choices is null)
                continue;

            foreach (var choice in choices.Where(choice => choice is not null))
                Assert.Empty(await FaultsAsync(operation, field, isList ? new JsonArray(choice!.DeepClone()) : choice!.DeepClone()));
            Assert.NotEmpty(await FaultsAsync(operation, field, isList ? new JsonArray("nothing") : "nothing"));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Options_HaveTheChoicesOfSomeFormat(string operation)
    {
        var (_, schema) = SchemaOf(operation);
        if (schema["properties"]!["options"] is not { } options)
            return;

        var format = schema["properties"]!["export_format"] is null ? "format" : "export_format";
        foreach (var (name, rules) in Rules(options)["properties"]!.AsObject())
        {
            if (Rules(rules!)["enum"] is not JsonArray choices)
                continue;

            foreach (var choice in choices.Where(choice => choice is not null).Append("nothing"))
            {
                var taken = 0;
                foreach (var one in AppFormats.Catalog.Names)
                {
                    var request = Minimal(operation);
                    var given = new JsonObject { [name] = choice!.DeepClone() };
                    // It must differ from the delimiter, which is a comma by default.
                    if (name == "decimalSeparator")
                        given["delimiter"] = ";";
                    (request[format], request["options"]) = (one, given);
                    var (_, errors) = await OpenApiRequests.ReadAsync(operation, request.ToJsonString());
                    taken += errors.Keys.Any(path => path == $"options.{name}") ? 0 : 1;
                }

                Assert.Equal((name, choice!.ToString(), choice.ToString() != "nothing"), (name, choice.ToString(), taken > 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task OtherTypes_AreRefused(string operation)
    {
        var (_, schema) = SchemaOf(operation);
        foreach (var (field, rules) in schema["properties"]!.AsObject())
        {
            var types = Types(Rules(rules!)).ToList();
            foreach (var (type, value) in new (string, JsonNode)[] { ("boolean", true), ("integer", 7), ("object", new JsonObject()) })
            {
                if (types.Count > 0 && !types.Contains(type) && !(type == "integer" && types.Contains("number")))
                    Assert.True(
                        (await FaultsAsync(operation, field, value)).Any(),
                        $"{field} takes {value.ToJsonString()}, and is {string.Join(", ", types)}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Limits_AreThoseOfTheReader(string operation)
    {
        var (_, schema) = SchemaOf(operation);
        foreach (var (field, given) in schema["properties"]!.AsObject())
        {
            var rules = Rules(given!);
            if (!Types(rules).Contains("integer"))
                continue;

            foreach (var (limit, step) in new[] { ("minimum", -1L), ("maximum", 1L) })
            {
                if (rules[limit]?.GetValue<long>() is not { } value)
                    continue;

                Assert.Empty(await FaultsAsync(operation, field, value));
                Assert.True((await FaultsAsync(operation, field, value + step)).Any(), $"{field} takes {value + step}.");
            }
        }
    }

    /// <summary>A field that is null counts as left out; one that nobody knows is refused even so.</summary>
    private static async Task<bool> IsKnownAsync(string operation, string field)
    {
        var (_, without) = await OpenApiRequests.ReadAsync(operation, "{}");
        var (_, with) = await OpenApiRequests.ReadAsync(operation, new JsonObject { [field] = null }.ToJsonString());
        return with.Count == without.Count;
    }

    /// <summary>What is said of a field, or of a part of it, in a request that is right without it.</summary>
    private static async Task<IEnumerable<string>> FaultsAsync(string operation, string field, JsonNode value)
    {
        var request = Minimal(operation);
        foreach (var (name, needed) in Beside.GetValueOrDefault(field) ?? [])
            request[name] = needed!.DeepClone();
        request[field] = value.DeepClone();
        var (_, errors) = await OpenApiRequests.ReadAsync(operation, request.ToJsonString());
        return errors.Where(error => error.Key == field || error.Key.StartsWith(field + ".", StringComparison.Ordinal)
            || error.Key.StartsWith(field + "[", StringComparison.Ordinal)).Select(error => $"{error.Key}: {error.Value[0]}");
    }

    /// <summary>The first example's required fields.</summary>
    private static JsonObject Minimal(string operation)
    {
        var content = Content(operation);
        var (_, schema) = SchemaOf(operation);
        var example = OpenApiDocument.Resolve(content["examples"]!.AsObject().First().Value!)!["value"]!.AsObject();
        var kept = OpenApiDocument.Texts(schema["required"])
            .Concat(schema["anyOf"] is JsonArray choices ? choices.SelectMany(choice => OpenApiDocument.Texts(choice!["required"])) : []);
        return new(kept.Where(example.ContainsKey).Select(name => KeyValuePair.Create(name, example[name]?.DeepClone())));
    }

    private static JsonNode Content(string operation) => OpenApiDocument.Resolve(
        OpenApiDocument.Operations.Single(one => one.Id == operation).Operation["requestBody"]!)!["content"]!["application/json"]!;

    private static (string Name, JsonObject Schema) SchemaOf(string operation)
    {
        var schema = Content(operation)["schema"]!;
        return (schema["$ref"]!.GetValue<string>().Split('/')[^1], OpenApiDocument.Resolve(schema)!.AsObject());
    }

    /// <summary>The rules behind references, and behind a choice between them and null.</summary>
    private static JsonObject Rules(JsonNode schema)
    {
        var rules = OpenApiDocument.Resolve(schema)!.AsObject();
        var choices = (rules["oneOf"] as JsonArray)?.Where(choice => choice!["type"]?.ToString() != "null").ToList();
        return choices is [var only] ? Rules(only!) : rules;
    }

    private static IEnumerable<string> Types(JsonObject rules) => rules["type"] switch
    {
        JsonArray list => OpenApiDocument.Texts(list),
        JsonValue single => [single.GetValue<string>()],
        _ => [],
    };

    [GeneratedRegex(@"\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
